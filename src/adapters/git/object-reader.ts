import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";

import { failure } from "../../model/failure.ts";
import { err, ok, type Result } from "../../model/result.ts";
import { askInOrder } from "./ask-in-order.ts";
import type { Git } from "./git.ts";
import { endChild } from "./object-writer.ts";

/** Reads objects through one git process that stays. */
export interface ObjectReader extends AsyncDisposable {
  /** `name`: an id, or `commit:path`. Undefined: there is no such object. */
  read(name: string): Promise<Result<ReadObject | undefined>>;
}

export interface ReadObject {
  readonly id: string;
  readonly type: string;
  readonly content: Buffer;
}

export function createObjectReader(git: Git): ObjectReader {
  let started: Batch | undefined;
  return {
    read: async (name) => {
      // A name is a line.
      if (/[\n\0]/.test(name)) return ok(undefined);
      const batch = (started ??= startBatch(git));
      const found = await batch.ask(name);
      if (found !== "ended") return ok(found);
      if (started === batch) started = undefined;
      return err(failure("git", "git cat-file ended early"));
    },
    [Symbol.asyncDispose]: async () => {
      const batch = started;
      started = undefined;
      if (batch !== undefined) await endChild(batch.child);
    },
  };
}

const newline = 10;

interface Batch {
  readonly child: ChildProcessWithoutNullStreams;
  ask(name: string): Promise<ReadObject | "ended" | undefined>;
}

/** Answers `id type size`, newline, the bytes, newline; or `name missing`. */
function startBatch(git: Git): Batch {
  const child = spawn("git", ["cat-file", "--batch"], { cwd: git.cwd, env: git.env });
  child.on("error", () => undefined);
  child.stdin.on("error", () => undefined);
  child.stderr.on("data", () => undefined);
  const chunks: AsyncIterator<Buffer> = child.stdout[Symbol.asyncIterator]();
  let unread = Buffer.alloc(0);

  async function readMore(): Promise<boolean> {
    const next = await chunks.next();
    if (next.done !== true) unread = Buffer.concat([unread, next.value]);
    return next.done !== true;
  }

  async function take(size: number): Promise<Buffer | undefined> {
    while (unread.length < size) if (!(await readMore())) return undefined;
    const taken = unread.subarray(0, size);
    unread = unread.subarray(size);
    return taken;
  }

  async function takeLine(): Promise<string | undefined> {
    while (!unread.includes(newline)) if (!(await readMore())) return undefined;
    return (await take(unread.indexOf(newline) + 1))?.subarray(0, -1).toString();
  }

  async function takeAnswer(): Promise<ReadObject | "ended" | undefined> {
    const head = await takeLine();
    if (head === undefined) return "ended";
    const [, id, type, size] = /^([0-9a-f]+) (\w+) (\d+)$/.exec(head) ?? [];
    if (id === undefined || type === undefined) return undefined;
    const content = await take(Number(size) + 1);
    return content === undefined ? "ended" : { id, type, content: content.subarray(0, -1) };
  }

  const ask = askInOrder(child, takeAnswer);
  return { child, ask: (name) => ask(`${name}\n`) };
}
