import { failure } from "../../model/failure.ts";
import type { FileChange, FileChanges } from "../../model/file-change.ts";
import type { CommitId } from "../../model/ids.ts";
import { err, ok, type Result } from "../../model/result.ts";
import type { Git } from "./git.ts";

/** What each of several commits changed against a base of its own, by one git process. */
export async function readChangesOf(
  git: Git,
  pairs: readonly { readonly base: CommitId; readonly commit: CommitId }[],
): Promise<Result<readonly FileChanges[]>> {
  const options = ["-r", "-z", "--raw", "--no-renames", "--no-abbrev", "--always"];
  // A commit and what counts as its parent.
  const input = pairs.map(({ base, commit }) => `${commit} ${base}\n`).join("");
  const answer = await git.run(["diff-tree", "--stdin", ...options], { input });
  if (!answer.ok) return answer;
  const all: Map<string, FileChange>[] = [];
  const fields = answer.value.split("\0").filter((field) => field !== "");
  for (let at = 0; at < fields.length; at += 1) {
    const field = fields[at] ?? "";
    const [, mode, newMode, blob, newBlob] = /^:(\d+) (\d+) (\w+) (\w+) /.exec(field) ?? [];
    if (mode === undefined) {
      all.push(new Map());
      continue;
    }
    at += 1;
    const change = { before: `${mode} ${blob}`, after: `${newMode} ${newBlob}` };
    all.at(-1)?.set(fields[at] ?? "", change);
  }
  return all.length === pairs.length ? ok(all) : err(failure("git", "git diff-tree left some out"));
}
