import type { Unit } from "../../model/unit.ts";
import { matchGlobs } from "../glob/match-globs.ts";

/** Counted up when what is kept means something else. */
const format = "1";

/** Files that say which versions of dependencies are installed. */
const lockFile =
  /(?:^|\/)(?:package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml|yarn\.lock|bun\.lockb?|uv\.lock|poetry\.lock|requirements[\w.-]*\.txt|Pipfile\.lock|go\.sum|Cargo\.lock|Gemfile\.lock|composer\.lock)$/;

export interface KeySource {
  readonly unit: Unit;
  /** Mode and object of each file the unit starts from. */
  readonly entries: ReadonlyMap<string, string>;
  /** How commands run, and what else the machine brings. */
  readonly around: Readonly<Record<string, string>>;
}

/** All that a cached unit's work is said to depend on; undefined: its globs match no file. */
export function keyPartsOf({
  unit,
  entries,
  around,
}: KeySource): Readonly<Record<string, Readonly<Record<string, string>>>> | undefined {
  const matches = matchGlobs(unit.cache?.inputs ?? []);
  const inputs = [...entries].filter(([path]) => matches(path));
  if (inputs.length === 0) return undefined;
  const locks = [...entries].filter(([path]) => lockFile.test(path));
  const { action, verify, outputs, files, matrix, cache } = unit;
  return {
    inputs: Object.fromEntries(inputs),
    "lock files": Object.fromEntries(locks),
    env: unit.env,
    "the task": {
      action: JSON.stringify(action),
      verify: JSON.stringify(verify),
      outputs: JSON.stringify(outputs),
      files: JSON.stringify(files),
      matrix: JSON.stringify(matrix),
      "cache.key": cache?.key ?? "",
    },
    around: { ...around, format },
  };
}
