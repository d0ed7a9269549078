import type { MemoryFiles } from "../../ports/memory-files.ts";
import type { MemorySnapshot } from "../../ports/memory-store.ts";
import { readGeneration, readState, type State } from "./generations.ts";
import { readSegments } from "./inbox.ts";
import { treeNow } from "./tree-now.ts";

/** Dreams that are committed one after the other while somebody looks. */
const looksMax = 5;

/**
 * Memory as it is at one moment. Whoever looks need not be alone: what another process changes meanwhile would look as if somebody had
 * edited it, so it is looked at again.
 */
export async function snapshotOf(files: MemoryFiles): Promise<MemorySnapshot> {
  let state = await readState(files);
  for (let left = looksMax; ; left -= 1) {
    const [found] = await Promise.allSettled([lookOnce(files, state)]);
    const since = await readState(files);
    if (left === 0 || JSON.stringify(state) === JSON.stringify(since)) {
      if (found.status === "rejected") throw found.reason;
      return found.value;
    }
    state = since;
  }
}

async function lookOnce(files: MemoryFiles, state: State): Promise<MemorySnapshot> {
  const held = await readGeneration(files, state.current);
  const { segments, problems } = await readSegments(files, new Set(held.read));
  const gen = new Map(Object.entries(held.files));
  const tree = state.isApplied
    ? await treeNow(files, { ...held, unwritten: state.unwritten })
    : { tree: gen, unread: new Set<string>(), problems: [] };
  return {
    generation: state.current,
    files: gen,
    tree: tree.tree,
    unread: tree.unread,
    segments,
    problems: [
      ...(state.problem === undefined ? [] : [state.problem]),
      ...problems,
      ...tree.problems,
    ],
  };
}
