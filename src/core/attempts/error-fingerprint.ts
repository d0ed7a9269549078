import type { Failure } from "../../model/failure.ts";

/** Lines of an error that count; the more there are, the more of it is noise. */
const linesMax = 60;

/**
 * What an error is known by when it comes again: its kind and words without what differs from one run to the next (folders,
 * places in files, times, addresses, made-up names). What a test is called and what it expected stay, so another failing test,
 * or another wrong value, is another error.
 */
export function errorFingerprint({ kind, message, detail = "" }: Failure): string {
  // The first line of an output that was cut is a piece of one.
  const whole = detail.startsWith("…") ? detail.slice(detail.indexOf("\n") + 1) : detail;
  const lines = new Set(whole.split("\n").map(sameEachTime));
  // Tests that run side by side fail in any order.
  const known = [...lines].filter((line) => line !== "").toSorted();
  return [kind, sameEachTime(message), ...known.slice(-linesMax)].join("\n");
}

const escape = String.fromCodePoint(0x1b);

const changing: readonly (readonly [RegExp, string])[] = [
  [new RegExp(`${escape}\\[[0-9;]*[A-Za-z]`, "g"), ""],
  // Of a path only its last part tells: the folders before it are another worktree's each time.
  [/(?:file:\/\/)?(?<![\w.])(?:~|\.{1,2})?\/(?:[^\s/:'"`()<>,;]+\/)+/g, ""],
  [/\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b/gi, "<id>"],
  [/\b\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?)?/g, "<time>"],
  [/\b\d\d?:\d\d:\d\d(?:[.,]\d+)?(?: ?[AP]M)?\b/g, "<time>"],
  [/\b0x[0-9a-f]+\b/gi, "<address>"],
  [/\b[0-9a-f]{12,64}\b/gi, "<id>"],
  [/\b(?:localhost|127\.0\.0\.1|\[?::1\]?):\d+\b/g, "<address>"],
  [/\b((?:tmp|temp)[-_.])[\w.-]+/gi, "$1<name>"],
  [/(\.\w+):\d+(?::\d+)?/g, "$1"],
  [/\b(lines?|columns?|col|at line|pid|process|thread|seed|port)([ :=#]+)\d+/gi, "$1$2<n>"],
  [/\b\d+(?:\.\d+)?(?:(?:ns|µs|us|s|m|h)\b| ?(?:ms|secs?|seconds?|minutes?)\b)/gi, "<time>"],
  [/\b(duration(?:_ms)?|time|elapsed|took)([ :="]+)\d+(?:\.\d+)?/gi, "$1$2<time>"],
  [/\s+/g, " "],
];

function sameEachTime(line: string): string {
  return changing.reduce((text, [pattern, by]) => text.replaceAll(pattern, by), line).trim();
}
