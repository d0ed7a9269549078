import type { CommandEnd, CutShort } from "../../model/command-end.ts";

/** How a command ended, in words: of one that was ended there is no exit code to tell. */
export function commandEndText({ exitCode, cut }: CommandEnd): string {
  if (cut !== undefined) return cutText[cut];
  return exitCode < 0 ? "was ended" : `exit ${exitCode}`;
}

const cutText: Readonly<Record<CutShort, string>> = {
  "timed-out": "ran out of time",
  "out-of-memory": "took too much memory",
  cancelled: "was stopped",
  lost: "came to no end",
};
