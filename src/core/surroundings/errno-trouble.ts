import { type Failure, failure } from "../../model/failure.ts";

/** What the system calls it, what that means, and what a person can do about it. */
const troubles: readonly {
  readonly code: string;
  /** As `strerror` says it: git prints that and no code. */
  readonly said: string;
  readonly message: string;
  readonly hint: string;
}[] = [
  {
    code: "ENOSPC",
    said: "No space left on device",
    message: "the disk is full",
    hint: "free some room, then go on with skein resume",
  },
  {
    code: "EDQUOT",
    said: "Disk quota exceeded",
    message: "your share of the disk is used up",
    hint: "free some room, or have the quota raised, then go on with skein resume",
  },
  {
    code: "EROFS",
    said: "Read-only file system",
    message: "the file system is read-only",
    hint: "make it writable again, then go on with skein resume",
  },
  {
    code: "EMFILE",
    said: "Too many open files",
    message: "too many files are open in this process",
    hint: "raise the limit (ulimit -n) or give fewer --max-agents, then go on with skein resume",
  },
  {
    code: "ENFILE",
    said: "Too many open files in system",
    message: "too many files are open on this machine",
    hint: "end what holds them, then go on with skein resume",
  },
  {
    code: "EIO",
    said: "Input/output error",
    message: "the disk does not answer as it should",
    hint: "see to the disk, then go on with skein resume",
  },
];

/** An error of node's file system or processes as it is thrown, or as it comes out of a thread: with its message alone. */
export function errnoTrouble(error: unknown): Failure | undefined {
  if (!(error instanceof Error)) return undefined;
  // What is put away after an error fails for the same reason.
  if (error instanceof SuppressedError)
    return errnoTrouble(error.suppressed) ?? errnoTrouble(error.error);
  const { message } = error;
  const code = "code" in error && typeof error.code === "string" ? error.code : undefined;
  return troubleOf(code ?? /^(?:spawn \S+ )?(E[A-Z]+)\b/.exec(message)?.[1], message);
}

/**
 * What git said on standard error. Only the end of a line counts, where git puts what the system told it: before that are
 * names of files, which whoever wrote the repository chose.
 */
export function gitTrouble(stderr: string): Failure | undefined {
  const lines = stderr.split("\n");
  const known = troubles.find(({ said }) => lines.some((line) => line.endsWith(`: ${said}`)));
  return troubleOf(known?.code, stderr.trim());
}

/** By the code the system gives it; undefined: it is none of the machine's. */
export function troubleOf(code: string | undefined, detail: string): Failure | undefined {
  const known = troubles.find((one) => one.code === code);
  return (
    known &&
    failure("environment", known.message, { hint: known.hint, detail: detail.slice(0, 1_000) })
  );
}
