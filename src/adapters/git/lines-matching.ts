import { failure } from "../../model/failure.ts";
import type { CommitId } from "../../model/ids.ts";
import { err, ok, type Result } from "../../model/result.ts";
import type { Git } from "./git.ts";

/** Lines of a commit's text files that match an extended regular expression, by their file. */
export async function linesMatching(
  git: Git,
  commit: CommitId,
  pattern: string,
): Promise<Result<ReadonlyMap<string, string>>> {
  const args = ["grep", "-I", "--null", "--no-color", "--full-name", "-E", "-e", pattern, commit];
  const { exitCode, stdout, stderr } = await git.try(args);
  // 1: no line matches.
  if (exitCode > 1) return err(failure("git", `git grep: ${stderr.trim() || "failed"}`));
  const lines = new Map<string, string[]>();
  for (const line of stdout.split("\n")) {
    const end = line.indexOf("\0");
    if (end === -1) continue;
    const path = line.slice(commit.length + 1, end);
    const found = lines.get(path);
    if (found === undefined) lines.set(path, [line.slice(end + 1)]);
    else found.push(line.slice(end + 1));
  }
  return ok(new Map([...lines].map(([path, found]) => [path, found.join("\n")])));
}
