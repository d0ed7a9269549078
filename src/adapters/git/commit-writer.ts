import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

import pLimit from "p-limit";

import { failure } from "../../model/failure.ts";
import type { CommitId, TreeId } from "../../model/ids.ts";
import { err, ok, type Result } from "../../model/result.ts";
import type { Git } from "./git.ts";

export interface CommitWriter extends AsyncDisposable {
  write(commit: NewCommit): Promise<Result<CommitId>>;
}

export interface NewCommit {
  readonly tree: TreeId;
  readonly parents: readonly CommitId[];
  readonly message: string;
}

/**
 * Writes commits through one git process that stays: a run makes one commit per unit and one per merge, and starting
 * `git commit-tree` costs as much as the merge itself. All commits of one writer carry the same author and time, so
 * the same tree on the same parents with the same message is the same commit, however often it is made.
 *
 * `author` is git's own form: `Name <mail> seconds zone`.
 */
export function createCommitWriter(git: Git, author: string): CommitWriter {
  const inTurn = pLimit(1);
  let started: Promise<Hasher> | undefined;

  async function write(commit: NewCommit): Promise<Result<CommitId>> {
    started ??= startHasher(git);
    const hasher = await started;
    const id = await hasher.hash(commitText(commit, author));
    if (id !== undefined) return ok(id as CommitId);
    started = undefined;
    await hasher.end();
    return err(failure("git", `git hash-object: ${hasher.complaint() || "ended early"}`));
  }

  return {
    write: (commit) => inTurn(() => write(commit)),
    [Symbol.asyncDispose]: async () => {
      const hasher = await started;
      started = undefined;
      await hasher?.end();
    },
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

interface Hasher {
  /** The object's id; undefined when the process has ended. */
  hash(text: string): Promise<string | undefined>;
  complaint(): string;
  end(): Promise<void>;
}

/** `hash-object --stdin-paths` takes file names, one a line, and answers each at once. */
async function startHasher(git: Git): Promise<Hasher> {
  const folder = await mkdtemp(join(tmpdir(), "skein-commit-"));
  const file = join(folder, "commit");
  const args = ["hash-object", "-w", "-t", "commit", "--no-filters", "--stdin-paths"];
  const child = spawn("git", args, { cwd: git.cwd, env: git.env });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  let complaint = "";
  child.stderr.on("data", (chunk: Buffer) => {
    complaint = (complaint + chunk.toString()).slice(-2_000);
  });
  child.on("error", (error) => {
    complaint = error.message;
  });
  child.stdin.on("error", () => undefined);
  setWaiting(child, false);
  return {
    hash: async (text) => {
      await writeFile(file, text);
      setWaiting(child, true);
      child.stdin.write(`${file}\n`);
      const answer = await answers.next();
      setWaiting(child, false);
      return answer.done === true ? undefined : answer.value;
    },
    complaint: () => complaint.trim(),
    end: async () => {
      setWaiting(child, true);
      const closed =
        child.exitCode === null && child.pid !== undefined ? once(child, "close") : undefined;
      child.stdin.end();
      await closed;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** An idle process must not keep ours from ending. */
function setWaiting(child: ChildProcessWithoutNullStreams, waiting: boolean): void {
  const streams: readonly { ref?: () => void; unref?: () => void }[] = [
    child,
    child.stdin as { ref?: () => void },
    child.stdout as { ref?: () => void },
    child.stderr as { ref?: () => void },
  ];
  for (const stream of streams) {
    if (waiting) stream.ref?.();
    else stream.unref?.();
  }
}
