import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

import pLimit from "p-limit";

import { failure } from "../../model/failure.ts";
import { err, ok, type Result } from "../../model/result.ts";
import type { Git } from "./git.ts";
import { makeObjectsFolder } from "./objects-folder.ts";

/** Writes objects of one type through one git process that stays: starting one costs as much as a merge. */
export interface ObjectWriter extends AsyncDisposable {
  write(content: string | Buffer): Promise<Result<string>>;
}

export function createObjectWriter(git: Git, type: "blob" | "commit" | "tree"): ObjectWriter {
  const atOnce = pLimit(pendingMax);
  let started: Promise<Hasher> | undefined;

  async function write(content: string | Buffer): Promise<Result<string>> {
    started ??= startHasher(git, type);
    const hasher = await started;
    const id = await hasher.hash(content);
    if (id !== undefined) return ok(id);
    started = undefined;
    await hasher.end();
    return err(failure("git", `git hash-object: ${hasher.complaint() || "ended early"}`));
  }

  return {
    write: (content) => atOnce(() => write(content)),
    [Symbol.asyncDispose]: async () => {
      const hasher = await started;
      started = undefined;
      await hasher?.end();
    },
  };
}

/** Objects on their way to git, each in a file of its own. */
const pendingMax = 16;

interface Hasher {
  /** The object's id; undefined when the process has ended. */
  hash(content: string | Buffer): Promise<string | undefined>;
  complaint(): string;
  end(): Promise<void>;
}

/** `hash-object --stdin-paths` takes file names, one a line, and answers each at once. */
async function startHasher(git: Git, type: string): Promise<Hasher> {
  const folder = await makeObjectsFolder(tmpdir());
  const args = ["hash-object", "-w", "-t", type, "--no-filters", "--stdin-paths"];
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
  const free = Array.from({ length: pendingMax }, (_, at) => join(folder, `${type}-${at}`));
  let last: Promise<unknown> = Promise.resolve();

  /** Written first, then named: answers come in the order of names. */
  async function ask(file: string): Promise<string | undefined> {
    setWaiting(child, true);
    child.stdin.write(`${file}\n`);
    const answer = last.then(() => answers.next());
    last = answer;
    const { done, value } = await answer;
    return done === true ? undefined : value;
  }

  return {
    hash: async (content) => {
      const file = free.pop();
      if (file === undefined) throw new Error("Internal error: too many objects at once");
      await writeFile(file, content);
      const id = await ask(file);
      free.push(file);
      if (free.length === pendingMax) setWaiting(child, false);
      return id;
    },
    complaint: () => complaint.trim(),
    end: async () => {
      await endChild(child);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Lets a process that reads from us come to its end. */
export async function endChild(child: ChildProcessWithoutNullStreams): Promise<void> {
  setWaiting(child, true);
  const closed =
    child.exitCode === null && child.pid !== undefined ? once(child, "close") : undefined;
  child.stdin.end();
  await closed;
}

/** An idle process must not keep ours from ending. */
export function setWaiting(child: ChildProcessWithoutNullStreams, waiting: boolean): void {
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
