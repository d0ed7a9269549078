import type { InboxFacts } from "../../core/daemon/gates.ts";
import type { MemoryFiles } from "../../ports/memory-files.ts";
import { readGeneration, readState } from "../memory/generations.ts";
import { inboxDir, isOfNothingNew } from "../memory/inbox.ts";

export interface NewInInbox extends InboxFacts {
  /** Names the state of memory: the same as long as nothing is added and nobody dreams. */
  readonly state: string;
}

/** Looks what no dream has read yet; reads files only when the inbox or the generation changed since the last look. */
export function createInboxLook(files: MemoryFiles): () => Promise<NewInInbox> {
  let last: NewInInbox | undefined;
  return async () => {
    const { current } = await readState(files);
    const names = (await files.list(inboxDir))
      .map(({ name }) => name)
      .filter((name) => name.endsWith(".jsonl"))
      .toSorted();
    const state = `${current}-${names.length}-${names.at(-1) ?? ""}`;
    if (last?.state === state) return last;
    const read = new Set((await readGeneration(files, current)).read);
    const sessions = new Set<string>();
    let observations = 0;
    for (const name of names.filter((one) => !read.has(one) && !isOfNothingNew(one))) {
      for (const line of ((await files.read(`${inboxDir}/${name}`)) ?? "").split("\n")) {
        if (line.trim() === "") continue;
        observations += 1;
        const session = /"session":("(?:[^"\\]|\\.){1,300}")/.exec(line)?.[1];
        if (session !== undefined) sessions.add(session);
      }
    }
    last = { state, sessions: sessions.size, observations };
    return last;
  };
}
