import { EventEmitter } from "node:events";

import { expect, test } from "vitest";

import { createIo, type Io } from "../../src/cli/io.ts";

interface FakeStream extends EventEmitter {
  readonly fd: number;
  readonly isTTY: boolean;
  readonly written: readonly string[];
}

function fakeStream(): FakeStream {
  const written: string[] = [];
  const write = (text: string): number => written.push(text);
  return Object.assign(new EventEmitter(), { fd: 9_999, isTTY: true, written, write });
}

/** A process whose streams are terminals, and can break. */
function rig(): {
  readonly io: Io;
  readonly lost: readonly Error[];
  readonly stdin: FakeStream;
  readonly stdout: FakeStream;
} {
  const lost: Error[] = [];
  const [stdin, stdout, stderr] = [fakeStream(), fakeStream(), fakeStream()];
  const streams = { stdin, stdout, stderr, env: {} } as unknown as NodeJS.Process;
  return { io: createIo(streams, (error) => lost.push(error)), lost, stdin, stdout };
}

function errno(code: string): Error {
  return Object.assign(new Error(code), { code });
}

test.each(["EPIPE", "EIO"])(
  "what nobody can read any more (%s) is dropped, and nobody is troubled",
  (code) => {
    const { io, lost, stdout } = rig();
    io.stdout("one");
    expect(io.isUnread).toBe(false);
    stdout.emit("error", errno(code));
    io.stdout("two");
    expect([io.isUnread, io.isClosed, stdout.written, lost]).toEqual([true, true, ["one"], []]);
  },
);

test("an output that is lost is told once; it is not that nobody reads it", () => {
  const { io, lost, stdout } = rig();
  stdout.emit("error", errno("ENOSPC"));
  stdout.emit("error", errno("ENOSPC"));
  io.stdout("two");
  expect([lost.length, stdout.written]).toEqual([1, []]);
  expect([io.isUnread, io.isClosed]).toEqual([false, true]);
});

test("a terminal that is gone while somebody is asked is no bug; another trouble with it is", () => {
  const { stdin } = rig();
  stdin.emit("error", errno("EIO"));
  expect(() => stdin.emit("error", errno("EBADF"))).toThrow("EBADF");
});
