import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test } from "vitest";

import { openRunFolder } from "../../src/adapters/run-folder.ts";
import { baselineOf } from "../../src/app/baseline.ts";
import { createHalt } from "../../src/app/halt.ts";
import type { BaselineContext } from "../../src/app/run-context.ts";
import { createWorktreeShelf } from "../../src/app/worktree-shelf.ts";
import type { RunEvent } from "../../src/model/event.ts";
import { failure } from "../../src/model/failure.ts";
import type { RunId } from "../../src/model/ids.ts";
import { err } from "../../src/model/result.ts";
import type { ShellOutcome } from "../../src/ports/shell.ts";
import { plan, task, unit } from "../support/plan-builder.ts";
import { openTestWorkspace } from "../support/test-workspace.ts";

const green: ShellOutcome = { kind: "exited", exitCode: 0, output: "fine\n", durationMs: 1 };

/** A run whose base is asked; the first answers of its shell are those of `answers`, the rest is green. */
async function runWith(
  workspace: BaselineContext["ports"]["workspace"],
  answers: readonly ShellOutcome[],
): Promise<{ readonly run: BaselineContext; readonly events: readonly RunEvent[] }> {
  const base = await workspace.resolve("HEAD");
  if (!base.ok) throw new Error(base.error.message);
  const events: RunEvent[] = [];
  const left = [...answers];
  const home = mkdtempSync(join(tmpdir(), "skein-baseline-"));
  const run: BaselineContext = {
    base: base.value,
    shelf: createWorktreeShelf(workspace, { dependenciesAreReadOnly: true }),
    baselines: new Map(),
    record: (event) => Promise.resolve(void events.push(event)),
    settings: { deps: "none", repos: [], shell: "bubblewrap", readsCache: true },
    state: { plan: plan() },
    halt: createHalt(),
    ports: {
      workspace,
      files: await openRunFolder(home, "r1" as RunId),
      shell: { run: () => Promise.resolve(left.shift() ?? green) },
      surroundings: () => Promise.resolve(undefined),
    },
  };
  return { run, events };
}

function placeWith(signal: AbortSignal): Parameters<typeof baselineOf>[1] {
  return { unit: unit("work", task("work")), cwd: "/", outDir: "/", signal };
}

const goesOn = placeWith(new AbortController().signal);

test("a base whose worktree could not be opened is asked again, and the journal says why", async () => {
  await using workspace = await openTestWorkspace({ "a.txt": "one\n" });
  let tries = 0;
  const shaky: typeof workspace = {
    ...workspace,
    open: (...args) => {
      tries += 1;
      return tries === 1
        ? Promise.resolve(err(failure("git", "the index is locked")))
        : workspace.open(...args);
    },
  };
  const { run, events } = await runWith(shaky, []);
  const [first, beside] = await Promise.all([
    baselineOf(run, goesOn, "make test"),
    baselineOf(run, goesOn, "make test"),
  ]);
  expect([first.ok, beside.ok]).toEqual([false, false]);
  expect(await baselineOf(run, goesOn, "make test")).toMatchObject({ value: { isGreen: true } });
  expect(await baselineOf(run, goesOn, "make test")).toMatchObject({ value: { isGreen: true } });
  expect(tries).toBe(2);
  expect(events).toMatchObject([
    { kind: "baseline-missed", command: "make test", reason: "the index is locked" },
    { kind: "baseline-taken", exitCode: 0 },
  ]);
});

test("a command that was refused once is asked again", async () => {
  await using workspace = await openTestWorkspace({ "a.txt": "one\n" });
  const { run } = await runWith(workspace, [{ kind: "refused", reason: "no room" }]);
  expect(await baselineOf(run, goesOn, "make test")).toMatchObject({
    error: { kind: "sandbox", message: "`make test` was not run: no room" },
  });
  expect((await baselineOf(run, goesOn, "make test")).ok).toBe(true);
});

test("when the time of the unit that asked is up, another that waits has it run in its own", async () => {
  await using workspace = await openTestWorkspace({ "a.txt": "one\n" });
  const stopped: ShellOutcome = { kind: "cancelled", output: "", durationMs: 1 };
  const { run } = await runWith(workspace, [stopped]);
  const [own, other] = await Promise.all([
    baselineOf(run, placeWith(AbortSignal.abort()), "make test"),
    baselineOf(run, goesOn, "make test"),
  ]);
  expect(own).toMatchObject({ error: { kind: "cancelled" } });
  expect(other).toMatchObject({ value: { isGreen: true } });
});
