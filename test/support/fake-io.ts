import type { Io } from "../../src/cli/io.ts";

/** An Io whose output is text to look at. */
export interface FakeIo extends Io {
  readonly out: () => string;
  readonly err: () => string;
}

export function fakeIo(more: Partial<Io> = {}): FakeIo {
  let [out, err] = ["", ""];
  return {
    stdout: (text) => {
      out += text;
    },
    stderr: (text) => {
      err += text;
    },
    isTTY: false,
    isOutputTTY: false,
    hasTerminal: false,
    color: false,
    columns: 80,
    rows: 24,
    isClosed: false,
    isUnread: false,
    timeZone: "UTC",
    env: {},
    ...more,
    out: () => out,
    err: () => err,
  };
}
