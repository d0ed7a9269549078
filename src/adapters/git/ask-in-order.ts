import type { ChildProcessWithoutNullStreams } from "node:child_process";

import { setWaiting } from "./object-writer.ts";

/**
 * Asks a git process that stays. Questions go out at once, answers come in their order: waiting for each other's way would be
 * most of the time. The process keeps ours alive only while somebody waits for it.
 */
export function askInOrder<Answer>(
  child: ChildProcessWithoutNullStreams,
  takeAnswer: () => Promise<Answer>,
): (question: string) => Promise<Answer> {
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  setWaiting(child, false);
  return async (question) => {
    waiting += 1;
    setWaiting(child, true);
    child.stdin.write(question);
    const answer = last.then(takeAnswer);
    last = answer;
    const found = await answer;
    waiting -= 1;
    if (waiting === 0) setWaiting(child, false);
    return found;
  };
}
