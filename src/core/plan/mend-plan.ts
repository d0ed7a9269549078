import type * as z from "zod";

import type { Diagnostic } from "../../model/diagnostic.ts";
import { type PlanFile, planFileSchema } from "../../model/plan-file.ts";
import type { Path } from "./plan-path.ts";
import { keysAt, schemaDiagnostics, valueAt } from "./schema-diagnostics.ts";
import type { Source } from "./source.ts";
import { suggest } from "./suggest.ts";

/** What can be read of a plan that is wrong, and a source that knows what cannot. Neither when nothing is left. */
export interface MendedPlan {
  readonly file?: PlanFile;
  readonly source?: Source;
  /** What the schema says of it. */
  readonly found: readonly Diagnostic[];
}

/** Each round takes away what the one before brought to light: a value, then what cannot be without it. */
const roundsMax = 100;

/** A plan on its way, and what was done to it. */
interface Mending {
  readonly value: object;
  /** Places whose value was left out. */
  readonly gaps: Set<string>;
  /** Of keys that were meant for others: how they are written, by the place that they were meant for. */
  readonly written: Map<string, string>;
}

/**
 * Leaves out of a plan what the schema does not take, so that everything else can be checked, too: a person is to see all
 * errors at once. A key that is one of the format's but for a typing error counts as that one.
 */
export function mendPlan(source: Source): MendedPlan {
  const value = structuredClone(source.value) as object;
  const mending: Mending = { value, gaps: new Set(), written: new Map() };
  const { values, maps, twice } = source.gaps;
  for (const path of values) take(mending, path);
  for (const path of maps) mending.gaps.add(anyIn(path));
  for (const path of twice) mending.gaps.add(shown(path));
  const found: Diagnostic[] = [];
  for (let round = 0; round < roundsMax; round += 1) {
    const parsed = planFileSchema.safeParse(value);
    const mended = sourceOf(source, mending);
    if (parsed.success) return { found, file: parsed.data, source: mended };
    const { issues } = parsed.error;
    const keys = issues.filter(({ code }) => code === "unrecognized_keys");
    // What is missing may be there under another name.
    const due = keys.length > 0 ? keys : issues;
    const told = due.filter((issue) => isOfTheText(source, mending, issue));
    found.push(...schemaDiagnostics({ ...mended, value }, told));
    for (const issue of due) mend(mending, issue);
  }
  return { found };
}

/** Whether an issue is no mere consequence of what could not be read, or was taken away. */
function isOfTheText(source: Source, { value, gaps }: Mending, issue: z.core.$ZodIssue): boolean {
  const path = issue.path as Path;
  if (issue.code === "unrecognized_keys") return true;
  const { elsewhere, maps } = source.gaps;
  const there = valueAt(value, path);
  // What an empty key was to hold may be what was lost.
  if (there === null && elsewhere) return false;
  if (there !== undefined) return ![...gaps].some((gap) => isWithin(gap, path));
  const around = path.map((_, length) => shown(path.slice(0, length)));
  const lost = new Set(maps.map(shown));
  return (
    !elsewhere &&
    !gaps.has(shown(path)) &&
    !around.some((holder) => gaps.has(holder) || lost.has(holder))
  );
}

function sourceOf(source: Source, mending: Mending): Source {
  const asWritten = (path: Path): Path =>
    path.map((part, at) => mending.written.get(shown(path.slice(0, at + 1))) ?? part);
  return {
    ...source,
    at: (path, what, where) => source.at(asWritten(path), what, where),
    written: (path) => source.written(asWritten(path)),
    knows: (path) => !source.gaps.elsewhere && knows(mending, path),
  };
}

function mend(mending: Mending, issue: z.core.$ZodIssue): void {
  const { value, gaps, written } = mending;
  const path = issue.path as Path;
  if (issue.code !== "unrecognized_keys") {
    const isMissing = valueAt(value, path) === undefined;
    return take(mending, isMissing && path.length > 1 ? path.slice(0, -1) : path);
  }
  const holder = valueAt(value, path) as Record<string, unknown> | undefined;
  // What it was in may have gone with something else.
  if (holder === undefined) return;
  const known = keysAt(path);
  for (const key of issue.keys) {
    const meant = suggest(key, known);
    if (meant !== undefined && !Object.hasOwn(holder, meant)) {
      holder[meant] = holder[key];
      written.set(shown([...path, meant]), key);
    } else gaps.add(anyIn(path));
    delete holder[key];
  }
}

/** Takes a value away; of a list the whole, so that places in it stay what they are. */
function take(mending: Mending, path: Path): void {
  const { value, gaps } = mending;
  const last = path.at(-1);
  const holder = valueAt(value, path.slice(0, -1));
  if (Array.isArray(holder)) return take(mending, path.slice(0, -1));
  gaps.add(shown(path));
  if (last === undefined || typeof holder !== "object" || holder === null) return;
  const stays =
    standIns[path.join(".")] ?? (path.length === 2 && path[0] === "tasks" ? {} : undefined);
  if (stays !== undefined) Object.assign(holder, { [last]: stays });
  else Reflect.deleteProperty(holder, last);
}

/** What a plan cannot be without. A task that cannot be read is still there: others may need it. */
const standIns: Readonly<Record<string, unknown>> = { version: 1, name: "broken", tasks: {} };

/**
 * Whether what the mended plan says at a place is all that the text says there. Of a map it is when nothing in it was left
 * out; of a key that is not there, when no key beside it was that could have been meant for it.
 */
function knows({ value, gaps }: Mending, path: Path): boolean {
  if ([...gaps].some((gap) => isWithin(gap, path))) return false;
  return !path.some((_, length) => {
    const at = path.slice(0, length);
    const isThere = valueAt(value, path.slice(0, length + 1)) !== undefined;
    return gaps.has(shown(at)) || (!isThere && gaps.has(anyIn(at)));
  });
}

function isWithin(gap: string, path: Path): boolean {
  const whole = shown(path);
  return gap === whole || gap.startsWith(`${whole.slice(0, -1)}${path.length === 0 ? "" : ","}`);
}

function shown(path: Path): string {
  return JSON.stringify(path);
}

/** Some key of the map at a place. */
function anyIn(path: Path): string {
  return shown([...path, "*"]);
}
