import { expect, onTestFinished, test, vi } from "vitest";

import { stopSignal } from "../../src/cli/stop-signal.ts";
import { fakeIo } from "../support/fake-io.ts";

test("Ctrl-C that comes twice at once, from the terminal and passed on, is one; a second one quits", () => {
  const exit = vi.spyOn(process, "exit").mockImplementation((code) => {
    throw new Error(`exit ${code}`);
  });
  onTestFinished(() => exit.mockRestore());
  let now = 1_000;
  const io = fakeIo();
  using stop = stopSignal({
    tell: io.stderr,
    wallMs: undefined,
    hasTerminal: true,
    now: () => now,
  });
  process.emit("SIGINT");
  now += 20;
  process.emit("SIGTERM");
  expect(stop.signal.reason).toBe("interrupted");
  expect(io.err()).toContain("press Ctrl-C again to quit at once");
  now += 500;
  expect(() => process.emit("SIGINT")).toThrow("exit 130");
});

test("a window that is closed stops a run as softly as Ctrl-C does; a run of none (nohup) goes on", () => {
  for (const hasTerminal of [true, false]) {
    using stop = stopSignal({ tell: () => undefined, wallMs: undefined, hasTerminal });
    process.emit("SIGHUP");
    expect(stop.signal.aborted).toBe(hasTerminal);
  }
});
