import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";

import type { CommitId } from "../../model/ids.ts";
import { askInOrder } from "./ask-in-order.ts";
import type { Git } from "./git.ts";
import { endChild } from "./object-writer.ts";

/** Merges trees in memory through one git process that stays: starting one takes longer than most merges. */
export interface TreeMerger extends AsyncDisposable {
  /** Undefined: its git could not say; one that is started for this merge can, or says why not. */
  merge(ours: CommitId, theirs: CommitId): Promise<TreeMerge | undefined>;
}

export interface TreeMerge {
  readonly isClean: boolean;
  /** As `git merge-tree --write-tree -z --messages` prints it. */
  readonly answer: string;
}

export function createTreeMerger(git: Git): TreeMerger {
  let started: Batch | undefined;
  // A git older than 2.39 has no such mode, and ends without a word of an answer.
  let isAble: boolean | undefined;
  return {
    merge: async (ours, theirs) => {
      if (isAble === false) return undefined;
      const batch = (started ??= startBatch(git));
      const answer = await batch.ask(ours, theirs);
      if (answer !== undefined) isAble = true;
      else {
        isAble ??= false;
        if (started === batch) started = undefined;
        await batch.end();
      }
      return answer;
    },
    [Symbol.asyncDispose]: async () => {
      const batch = started;
      started = undefined;
      await batch?.end();
    },
  };
}

interface Batch {
  ask(ours: CommitId, theirs: CommitId): Promise<TreeMerge | undefined>;
  end(): Promise<void>;
}

function startBatch(git: Git): Batch {
  const args = ["merge-tree", "--write-tree", "--stdin", "-z", "--messages"];
  const child = spawn("git", args, { cwd: git.cwd, env: git.env });
  child.on("error", () => undefined);
  child.stdin.on("error", () => undefined);
  child.stderr.on("data", () => undefined);
  const { takeField, close } = fieldsOf(child);
  const ask = askInOrder(child, () => takeBoth(takeField));
  return {
    // The end of an answer comes with the next one: a merge of nothing brings it.
    ask: (ours, theirs) => ask(`${ours} ${theirs}\n${ours} ${ours}\n`),
    end: async () => {
      await close();
      await endChild(child);
    },
  };
}

/** One after the other, what ends in a NUL; undefined: there is no more. */
function fieldsOf({ stdout }: ChildProcessWithoutNullStreams): {
  readonly takeField: TakeField;
  /** Whatever is still to come is not wanted. */
  readonly close: () => Promise<unknown>;
} {
  const chunks: AsyncIterator<Buffer> = stdout[Symbol.asyncIterator]();
  let unread = Buffer.alloc(0);
  const takeField = async (): Promise<string | undefined> => {
    let end = unread.indexOf(0);
    while (end === -1) {
      const next = await chunks.next();
      if (next.done === true) return undefined;
      unread = Buffer.concat([unread, next.value]);
      end = unread.indexOf(0);
    }
    const field = unread.subarray(0, end).toString();
    unread = unread.subarray(end + 1);
    return field;
  };
  return { takeField, close: async () => chunks.return?.() };
}

type TakeField = () => Promise<string | undefined>;

/** The answer, and the one to the merge of nothing behind it, but for its end. */
async function takeBoth(takeField: TakeField): Promise<TreeMerge | undefined> {
  const first = await takeField();
  const answer = await takeAnswer(first === "" ? await takeField() : first, takeField);
  for (let left = 3; left > 0; left -= 1) if ((await takeField()) === undefined) return undefined;
  return answer;
}

/** Whether it is clean; what it prints alone: the tree, the versions of files, an empty field, messages; an empty field. */
async function takeAnswer(
  status: string | undefined,
  takeField: TakeField,
): Promise<TreeMerge | undefined> {
  const fields: string[] = [];
  const take = async (): Promise<string | undefined> => {
    const field = await takeField();
    if (field !== undefined) fields.push(field);
    return field;
  };
  for (let field = await take(); field !== ""; field = await take())
    if (field === undefined) return undefined;
  for (let count = await take(); count !== ""; count = await take()) {
    if (count === undefined) return undefined;
    // Its paths, its kind, its text.
    for (let left = Number(count) + 2; left > 0; left -= 1)
      if ((await take()) === undefined) return undefined;
  }
  return status === "1" || status === "0"
    ? { isClean: status === "1", answer: fields.join("\0") }
    : undefined;
}
