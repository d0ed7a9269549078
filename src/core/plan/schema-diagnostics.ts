import * as z from "zod";

import type { Diagnostic } from "../../model/diagnostic.ts";
import { planFileSchema } from "../../model/plan-file.ts";
import type { Path } from "./plan-path.ts";
import type { Source } from "./source.ts";
import { suggest } from "./suggest.ts";

type Issue = z.core.$ZodIssue;

/** What the schema finds, each at its place and in words. */
export function schemaDiagnostics(source: Source, issues: readonly Issue[]): readonly Diagnostic[] {
  return issues.flatMap((issue) => diagnose(source, issue, []));
}

function diagnose(source: Source, issue: Issue, parent: Path): readonly Diagnostic[] {
  const path = [...parent, ...issue.path] as Path;
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => unknownKey(source, path, key));
    case "invalid_union":
      return closestUnion(source, issue, path);
    case "invalid_type":
      return [wrongType(source, path, issue)];
    case "invalid_value": {
      const allowed = issue.values.map(String);
      if (path[0] === "version") return [versionProblem(source, path)];
      return [
        source.at(path, {
          code: "E-VALUE",
          message: `${shownValue(source, path)} is not allowed here`,
          expected: `one of ${allowed.join(", ")}`,
          ...suggestion(textAt(source, path), allowed),
        }),
      ];
    }
    case "too_small":
    case "too_big":
      return [
        source.at(path, {
          code: "E-RANGE",
          message: `${shownValue(source, path)} is out of range`,
          expected: issue.message.replace(/^Too (small|big): expected /, ""),
        }),
      ];
    default:
      return [source.at(path, { code: "E-VALUE", message: issue.message })];
  }
}

/** Of a union's alternatives, the one whose complaints lie deepest is the one that was meant. */
function closestUnion(
  source: Source,
  issue: Extract<Issue, { code: "invalid_union" }>,
  path: Path,
): readonly Diagnostic[] {
  const depth = (issues: readonly Issue[]): number =>
    Math.max(
      ...issues.map((one) => one.path.length + (one.code === "unrecognized_keys" ? 0.5 : 0)),
    );
  const deepest = issue.errors.toSorted((a, b) => depth(b) - depth(a) || a.length - b.length)[0];
  const named = issue.errors.flat().find((one) => one.code === "invalid_value");
  if (named !== undefined && textAt(source, path) !== undefined)
    return diagnose(source, named, path);
  if (deepest === undefined || depth(deepest) === 0) {
    const kinds = issue.errors
      .flat()
      .flatMap((one) => (one.code === "invalid_type" ? [one.expected] : []));
    const expected = [...new Set(kinds)].map((kind) => inWords(kind, path)).join(" or ");
    return [notOfKind(source, path, expected)];
  }
  return deepest.flatMap((one) => diagnose(source, one, path));
}

/** A value of the wrong kind, or none where one has to be. */
function notOfKind(source: Source, path: Path, expected: string): Diagnostic {
  if (valueAt(source.value, path) === undefined)
    return source.at(path, {
      code: "E-KEY-MISSING",
      message: `"${path.at(-1)}" is missing`,
      expected,
    });
  const message = `${shownValue(source, path)} has the wrong type`;
  return source.at(path, { code: "E-TYPE", message, expected });
}

function unknownKey(source: Source, path: Path, key: string): Diagnostic {
  return source.at(
    [...path, key],
    {
      code: "E-KEY-UNKNOWN",
      message: `there is no key "${key}" here`,
      ...suggestion(key, keysAt(path)),
    },
    "key",
  );
}

function wrongType(
  source: Source,
  path: Path,
  issue: Extract<Issue, { code: "invalid_type" }>,
): Diagnostic {
  if (valueAt(source.value, path) === undefined && path[0] === "version")
    return versionProblem(source, path);
  const written = source.written(path);
  const value = valueAt(source.value, path);
  if (
    issue.expected === "string" &&
    (typeof value === "number" || typeof value === "boolean") &&
    written !== undefined
  ) {
    return source.at(path, {
      code: "E-TYPE-QUOTES",
      message: `${written} is read as the ${typeof value} ${String(value)}; text is due here`,
      expected: "quotes around it",
      suggestion: JSON.stringify(written),
    });
  }
  return notOfKind(source, path, inWords(issue.expected, path));
}

/** What is due, as people who write YAML say it; of a map with its keys. */
function inWords(kind: string, path: Path): string {
  const keys = kind === "object" ? keysAt(path) : [];
  return keys.length > 0 ? `a map of ${keys.join(", ")}` : (kindsInWords[kind] ?? kind);
}

const kindsInWords: Readonly<Record<string, string>> = {
  object: "a map",
  record: "a map",
  array: "a list",
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
};

function versionProblem(source: Source, path: Path): Diagnostic {
  const value = valueAt(source.value, path);
  const newer = typeof value === "number" && value > 1;
  const message =
    value === undefined
      ? "version is missing"
      : newer
        ? `version ${value} is newer than this Skein understands`
        : `${shownValue(source, path)} is not a version of the plan format`;
  return source.at(path, { code: "E-VERSION", message, expected: "version: 1" });
}

function suggestion(
  name: string | undefined,
  known: Iterable<string>,
): { readonly suggestion?: string } {
  const found = name === undefined ? undefined : suggest(name, known);
  return found === undefined ? {} : { suggestion: found };
}

function textAt(source: Source, path: Path): string | undefined {
  const value = valueAt(source.value, path);
  return typeof value === "string" ? value : undefined;
}

function shownValue(source: Source, path: Path): string {
  const value = valueAt(source.value, path);
  if (value === null) return "an empty value";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "a map";
  return JSON.stringify(value)?.slice(0, 60) ?? "nothing";
}

export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (at, key) =>
      typeof at === "object" && at !== null && Object.hasOwn(at, key)
        ? (at as Record<string | number, unknown>)[key]
        : undefined,
    value,
  );
}

/** Keys the schema knows at a path, through records, lists and unions. */
export function keysAt(path: Path): readonly string[] {
  let schemas: readonly z.core.$ZodType[] = [planFileSchema];
  for (const part of path) schemas = schemas.flatMap((schema) => inside(schema, part));
  return schemas.flatMap((schema) =>
    bare(schema) instanceof z.ZodObject ? Object.keys((bare(schema) as z.ZodObject).shape) : [],
  );
}

function bare(schema: z.core.$ZodType): z.core.$ZodType {
  return schema instanceof z.ZodOptional ? bare(schema.unwrap()) : schema;
}

function inside(schema: z.core.$ZodType, part: string | number): readonly z.core.$ZodType[] {
  const at = bare(schema);
  if (at instanceof z.ZodUnion) return at.options.flatMap((option) => inside(option, part));
  if (at instanceof z.ZodObject)
    return at.shape[part] === undefined ? [] : alternatives(at.shape[part] as z.core.$ZodType);
  if (at instanceof z.ZodRecord) return alternatives(at.valueType);
  return at instanceof z.ZodArray ? alternatives(at.element) : [];
}

function alternatives(schema: z.core.$ZodType): readonly z.core.$ZodType[] {
  const at = bare(schema);
  return at instanceof z.ZodUnion ? at.options.flatMap((option) => alternatives(option)) : [at];
}
