import type { CommitId, TreeId } from "../../model/ids.ts";
import { ok, type Result } from "../../model/result.ts";
import type { Git } from "./git.ts";
import { createObjectWriter } from "./object-writer.ts";

export interface CommitWriter extends AsyncDisposable {
  write(commit: NewCommit): Promise<Result<CommitId>>;
}

export interface NewCommit {
  readonly tree: TreeId;
  readonly parents: readonly CommitId[];
  readonly message: string;
}

/**
 * Writes commits. All of one writer carry the same author and time, so the same tree on the same parents with the same
 * message is the same commit, however often it is made.
 *
 * `author` is git's own form: `Name <mail> seconds zone`.
 */
export function createCommitWriter(git: Git, author: string): CommitWriter {
  const writer = createObjectWriter(git, "commit");
  return {
    write: async (commit) => {
      const written = await writer.write(commitText(commit, author));
      return written.ok ? ok(written.value as CommitId) : written;
    },
    [Symbol.asyncDispose]: () => writer[Symbol.asyncDispose](),
  };
}

function commitText({ tree, parents, message }: NewCommit, author: string): string {
  // Git ends a message at a NUL; a model may well send one.
  const text = message.replaceAll("\0", "").trim();
  return [
    `tree ${tree}`,
    ...parents.map((parent) => `parent ${parent}`),
    `author ${author}`,
    `committer ${author}`,
    "",
    `${text}\n`,
  ].join("\n");
}
