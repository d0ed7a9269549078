import { isatty } from "node:tty";

/** Where a command writes and what the other end can show; injected, so that tests read it as text. */
export interface Io {
  /** Data and reports. */
  readonly stdout: (text: string) => void;
  /** Progress, notes, failures. */
  readonly stderr: (text: string) => void;
  /** A person sits there: standard input and standard error are terminals, live lines and questions make sense. */
  readonly isTTY: boolean;
  /** Any of the three streams is a terminal: its end concerns this process. */
  readonly hasTerminal: boolean;
  /** Standard output is a terminal: text of a repository must not steer it. */
  readonly isOutputTTY: boolean;
  readonly color: boolean;
  readonly columns: number;
  readonly rows: number;
  /** Standard output takes nothing more. Work goes on, untold; who only tells, for as long as something happens, may end. */
  readonly isClosed: boolean;
  /** It is closed since nobody reads it any more: no trouble, unlike a full disk. */
  readonly isUnread: boolean;
  /** Of the person's clocks: an IANA name. */
  readonly timeZone: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * The Io of a process. Sizes are read when asked for, since a window can be resized. `onLost` hears of an output that cannot be
 * written though somebody waits for it, such as a file on a full disk.
 */
export function createIo(process: NodeJS.Process, onLost: (error: Error) => void): Io {
  const { stdin, stdout, stderr, env } = process;
  const [isInputTTY, isOutputTTY, isErrorTTY] = [
    isatty(stdin.fd),
    isatty(stdout.fd),
    isatty(stderr.fd),
  ];
  // A terminal that is gone says so whatever is asked of it; who reads from it hears of its end.
  if (stdin.isTTY)
    stdin.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EIO") throw error;
    });
  const out = outputTo(stdout, onLost);
  const err = outputTo(stderr, onLost);
  return {
    stdout: out.write,
    stderr: err.write,
    // Without a terminal to type into, a question would wait for ever.
    isTTY: isErrorTTY && isInputTTY && env["TERM"] !== "dumb",
    hasTerminal: isInputTTY || isOutputTTY || isErrorTTY,
    isOutputTTY,
    color: wantsColor(env, isOutputTTY && isErrorTTY),
    get columns() {
      return stderr.columns ?? stdout.columns ?? 80;
    },
    get rows() {
      return stderr.rows ?? stdout.rows ?? 24;
    },
    get isClosed() {
      return out.isClosed();
    },
    get isUnread() {
      return out.isUnread();
    },
    get timeZone() {
      return new Intl.DateTimeFormat().resolvedOptions().timeZone;
    },
    env,
  };
}

/** Text for a stream as long as it takes any: what nobody can read is dropped. */
function outputTo(
  stream: NodeJS.WriteStream,
  onLost: (error: Error) => void,
): {
  readonly write: (text: string) => void;
  readonly isClosed: () => boolean;
  readonly isUnread: () => boolean;
} {
  let [isClosed, isUnread] = [false, false];
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (isClosed) return;
    isClosed = true;
    // A reader that has seen enough, such as head, has closed the pipe; a terminal is gone with its window.
    isUnread = error.code === "EPIPE" || (error.code === "EIO" && stream.isTTY);
    if (!isUnread) onLost(error);
  });
  return {
    write: (text) => {
      if (!isClosed) stream.write(text);
    },
    isClosed: () => isClosed,
    isUnread: () => isUnread,
  };
}

/** no-color.org and force-color.org: set and not empty decides, `NO_COLOR` first. */
function wantsColor(env: Io["env"], isTerminal: boolean): boolean {
  if ((env["NO_COLOR"] ?? "") !== "") return false;
  const forced = env["FORCE_COLOR"];
  if (forced !== undefined && forced !== "") return forced !== "0" && forced !== "false";
  return isTerminal && env["TERM"] !== "dumb";
}
