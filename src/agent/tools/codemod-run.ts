import { glob } from "node:fs/promises";
import { join, relative } from "node:path";

import type { Rewrite } from "../../core/codemod/replace-pattern.ts";
import { rewriteFile } from "../../core/codemod/rewrite-file.ts";
import { rewriteProblem } from "../../core/codemod/rewrite-problem.ts";
import { isCode } from "../../core/codemod/source.ts";
import { err, ok, type Result } from "../../model/result.ts";
import { readTextFile } from "./file-content.ts";
import { globProblem } from "./glob-problem.ts";
import { type FileReach, locate, type NamedPath, writeRefusal } from "./path-refusal.ts";

export interface PlannedFile {
  readonly path: NamedPath;
  /** Hash of the file that the rewrite was worked out for. */
  readonly hash: string;
  readonly before: string;
  readonly after: string;
  readonly places: readonly {
    readonly line: number;
    readonly before: string;
    readonly after: string;
  }[];
}

/** What a codemod would do; nothing has been changed yet. */
export interface CodemodPlan {
  readonly files: readonly PlannedFile[];
  /** Files and places that stay as they are, and why. */
  readonly notes: readonly string[];
}

const filesMax = 5_000;
/** Characters of changed files held until the codemod is applied. */
const changedCharsMax = 20_000_000;

/** Works a rewrite out for every file that the globs name; the error says what is wrong with what was asked. */
export async function planCodemod(
  reach: FileReach,
  asked: {
    readonly rewrite: Rewrite;
    readonly files: readonly string[];
    readonly hides: (path: string) => boolean;
  },
  signal: AbortSignal,
): Promise<Result<CodemodPlan, string>> {
  const { rewrite, files, hides } = asked;
  const problem = rewriteProblem(rewrite);
  if (problem !== undefined) return err(`${problem}. Give one expression or statement each`);
  const found = await filesOf(reach, files);
  if (!found.ok) return found;
  const planned: PlannedFile[] = [];
  const notes: string[] = [];
  let characters = 0;
  for (const named of found.value.filter((path) => !hides(path))) {
    if (signal.aborted) return err("the agent was stopped");
    const looked = await planFile(reach, named, rewrite);
    notes.push(...looked.notes);
    if (looked.file === undefined) continue;
    planned.push(looked.file);
    characters += looked.file.before.length + looked.file.after.length;
    if (characters > changedCharsMax) return err("that changes too much at once. Narrow files");
  }
  return ok({ files: planned, notes });
}

async function planFile(
  reach: FileReach,
  named: string,
  rewrite: Rewrite,
): Promise<{ readonly file?: PlannedFile; readonly notes: readonly string[] }> {
  const path = await locate(reach, named);
  if (!path.ok) return { notes: [path.error] };
  const file = await readTextFile(path.value, "It was left as it is.");
  if (!file.ok) return { notes: [file.error.told] };
  const { text: before, hash } = file.value;
  const { text: after, places, notes } = rewriteFile({ path: named, text: before }, rewrite);
  if (places.length === 0) return { notes };
  const refusal = writeRefusal(reach, path.value);
  if (refusal !== undefined) return { notes: [refusal] };
  return { file: { path: path.value, hash, before, after, places }, notes };
}

/** Code files by glob: no links, nothing of git's, nothing installed. */
async function filesOf(
  reach: FileReach,
  patterns: readonly string[],
): Promise<Result<readonly string[], string>> {
  const found = new Set<string>();
  for (const pattern of patterns) {
    const problem = globProblem(pattern);
    if (problem !== undefined) return err(`the glob ${pattern} ${problem}`);
    const entries = glob(pattern, {
      cwd: reach.root,
      withFileTypes: true,
      exclude: ({ name }) => name === ".git" || name === "node_modules",
    });
    for await (const entry of entries) {
      if (!entry.isFile() || !isCode(entry.name)) continue;
      found.add(relative(reach.root, join(entry.parentPath, entry.name)));
      if (found.size > filesMax) return err(`more than ${filesMax} files match. Narrow files`);
    }
  }
  return found.size > 0
    ? ok([...found].toSorted())
    : err(`no JavaScript or TypeScript file matches ${patterns.join(", ")}. Look with Glob`);
}
