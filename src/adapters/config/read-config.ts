import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { LineCounter, parseDocument } from "yaml";

import { parseRule } from "../../core/permission/parse-rule.ts";
import { type Config, configSchema } from "../../model/config.ts";
import { failure } from "../../model/failure.ts";
import { err, ok, type Result } from "../../model/result.ts";
import { xdgFolder } from "../xdg-folder.ts";

type Env = Readonly<Record<string, string | undefined>>;

/** A person's own configuration. */
export function userConfigFile(env: Env): string {
  return join(xdgFolder("CONFIG", env), "config.yaml");
}

export function repositoryConfigFile(repo: string): string {
  return join(repo, ".skein/config.yaml");
}

/** Reads a configuration file; one that is not there says nothing. All mistakes at once, each with its line. */
export async function readConfig(file: string): Promise<Result<Config>> {
  const text = await textOf(file);
  if (!text.ok) return text;
  const lines = new LineCounter();
  const document = parseDocument(text.value, { lineCounter: lines });
  const at = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${line}:${col}`;
  };
  const syntax = document.errors.map(
    ({ message, pos }) => `${at(pos[0])}: ${message.split("\n")[0]}`,
  );
  if (syntax.length > 0) return wrong(file, syntax);
  const parsed = configSchema.safeParse(document.toJS() ?? {});
  const placeOf = (path: readonly PropertyKey[]): string => {
    const node: unknown = document.getIn(path, true);
    const range =
      typeof node === "object" && node !== null && "range" in node ? node.range : undefined;
    return at(Array.isArray(range) ? Number(range[0]) : 0);
  };
  if (!parsed.success) {
    return wrong(
      file,
      parsed.error.issues.map(
        ({ path, message }) => `${placeOf(path)}: ${path.join(".")}: ${message}`,
      ),
    );
  }
  const rules = (["allow", "ask", "deny"] as const).flatMap((list) =>
    parsed.data.permissions[list].flatMap((rule, index) => {
      const read = parseRule(rule);
      return read.ok ? [] : [`${placeOf(["permissions", list, index])}: ${read.error}`];
    }),
  );
  return rules.length > 0 ? wrong(file, rules) : ok(parsed.data);
}

async function textOf(file: string): Promise<Result<string>> {
  try {
    return ok(await readFile(file, "utf8"));
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOENT" || code === "ENOTDIR") return ok("");
    return err(failure("io", `${file} could not be read: ${String(code)}`));
  }
}

function wrong(file: string, problems: readonly string[]): Result<never> {
  const count = problems.length === 1 ? "a mistake" : `${problems.length} mistakes`;
  return err(failure("usage", `${file} has ${count}`, { detail: problems.join("\n") }));
}
