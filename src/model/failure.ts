/**
 * Every expected way to fail. Plain data, so that it crosses threads and lands in the journal unchanged
 * (an Error thrown in a worker thread loses its class and fields on the way).
 */
export const failureKinds = [
  "usage", // the command line or a setting is wrong
  "busy", // another process is at work there
  "plan-invalid", // the plan has diagnostics
  "not-supported", // a later version executes this
  "not-a-repository",
  "git", // a git command failed
  "setup", // the workspace's setup command failed
  "baseline", // the untouched base is red by itself: nothing can be told of work on it
  "command", // a run or verify command exited non-zero
  "timeout",
  "api", // the Messages API refused or broke
  "model", // the model gave up, refused, or never submitted
  "thread-crashed",
  "out-of-memory",
  "unresponsive", // the agent's thread did not answer a cancel within the grace time
  "cancelled",
  "budget",
  "out-of-scope",
  "conflict",
  "sandbox", // no sandbox on this machine, or it could not start
  "output", // a declared output could not be read
  "expression",
  "journal", // the record of a run does not fit what it is a record of
  "io",
  "environment", // the machine: a full disk, a lock, a folder that is gone; no unit is to blame, the run stops and can go on
  "internal",
] as const;
export type FailureKind = (typeof failureKinds)[number];

export interface Failure {
  readonly kind: FailureKind;
  /** What happened and where, one sentence, no trailing newline. */
  readonly message: string;
  /** What the person can do next. */
  readonly hint?: string | undefined;
  /** Supporting text: tail of a command's output, stack of a crash. Already bounded. */
  readonly detail?: string | undefined;
}

export function failure(
  kind: FailureKind,
  message: string,
  more: { readonly hint?: string | undefined; readonly detail?: string | undefined } = {},
): Failure {
  return {
    kind,
    message,
    ...(more.hint === undefined ? {} : { hint: more.hint }),
    ...(more.detail === undefined ? {} : { detail: more.detail }),
  };
}
