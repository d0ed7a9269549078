import { isatty } from "node:tty";

/** Where a command writes and what the other end can show; injected, so that tests read it as text. */
export interface Io {
  /** Data and reports. */
  readonly stdout: (text: string) => void;
  /** Progress, notes, failures. */
  readonly stderr: (text: string) => void;
  /** A person sits there: standard input and standard error are terminals, live lines and questions make sense. */
  readonly isTTY: boolean;
  /** Standard output is a terminal: text of a repository must not steer it. */
  readonly isOutputTTY: boolean;
  readonly color: boolean;
  readonly columns: number;
  readonly rows: number;
  /** Of the person's clocks: an IANA name. */
  readonly timeZone: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The Io of a process. Sizes are read when asked for, since a window can be resized. */
export function createIo(process: NodeJS.Process): Io {
  const { stdin, stdout, stderr, env } = process;
  const [isInputTTY, isOutputTTY, isErrorTTY] = [
    isatty(stdin.fd),
    isatty(stdout.fd),
    isatty(stderr.fd),
  ];
  return {
    stdout: (text) => void stdout.write(text),
    stderr: (text) => void stderr.write(text),
    // Without a terminal to type into, a question would wait for ever.
    isTTY: isErrorTTY && isInputTTY && env["TERM"] !== "dumb",
    isOutputTTY,
    color: wantsColor(env, isOutputTTY && isErrorTTY),
    get columns() {
      return stderr.columns ?? stdout.columns ?? 80;
    },
    get rows() {
      return stderr.rows ?? stdout.rows ?? 24;
    },
    get timeZone() {
      return new Intl.DateTimeFormat().resolvedOptions().timeZone;
    },
    env,
  };
}

/** no-color.org and force-color.org: set and not empty decides, `NO_COLOR` first. */
function wantsColor(env: Io["env"], isTerminal: boolean): boolean {
  if ((env["NO_COLOR"] ?? "") !== "") return false;
  const forced = env["FORCE_COLOR"];
  if (forced !== undefined && forced !== "") return forced !== "0" && forced !== "false";
  return isTerminal && env["TERM"] !== "dumb";
}
