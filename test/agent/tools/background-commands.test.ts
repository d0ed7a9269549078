import { randomUUID } from "node:crypto";
import { readdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { createBackgroundCommands } from "../../../src/agent/tools/background-commands.ts";
import { bashOutputTool } from "../../../src/agent/tools/bash-output-tool.ts";
import { bashTool } from "../../../src/agent/tools/bash-tool.ts";
import { confinedSearch } from "../../../src/agent/tools/confined-search.ts";
import { grepTool } from "../../../src/agent/tools/grep-tool.ts";
import { killBashTool } from "../../../src/agent/tools/kill-bash-tool.ts";
import type { Shell } from "../../../src/ports/shell.ts";
import { writeFiles } from "../../adapters/git/temp-repo.ts";
import { processesWith, shellRig } from "../../adapters/sandbox/shell-rig.ts";
import { agentContract } from "../../support/agent-contract.ts";
import { call, calling, resultsIn, submit, tellStory } from "../agent-rig.ts";
import { error, ok, use } from "./tool-rig.ts";

/** The three tools of one agent over a real shell; `said` resolves once a background command has written the text. */
async function backgroundOn() {
  const rig = await shellRig();
  const waiting = new Set<{ readonly text: string; readonly resolve: () => void }>();
  const runs: Promise<unknown>[] = [];
  let all = "";
  const shell: Shell = {
    run: (command, signal) => {
      const { onOutput } = command;
      if (onOutput === undefined) return rig.run(command.script, command, signal);
      const heard = (chunk: Buffer): void => {
        onOutput(chunk);
        all += chunk.toString();
        for (const one of waiting) if (all.includes(one.text)) one.resolve();
      };
      const run = rig.run(command.script, { ...command, onOutput: heard }, signal);
      runs.push(run);
      return run;
    },
  };
  const background = createBackgroundCommands(shell);
  const contract = agentContract(rig.worktree.path, { outDir: rig.outDir, shell: "bubblewrap" });
  return {
    root: rig.worktree.path,
    bash: use(bashTool(contract, shell, background)),
    bashOutput: use(bashOutputTool(background)),
    killBash: use(killBashTool(background)),
    close: background.close,
    ended: () => Promise.all(runs),
    said: (text: string) =>
      new Promise<void>((resolve) => {
        if (all.includes(text)) resolve();
        else waiting.add({ text, resolve });
      }),
    [Symbol.asyncDispose]: async () => {
      await background.close();
      await rig[Symbol.asyncDispose]();
    },
  };
}

/** Says `ready`, waits for a file, then says `went on`. */
const waits = "echo ready; until test -e go; do sleep 0.02; done; echo went on; exit 3";

test("a background command runs beside others, tells its output as it comes and how it ended", async () => {
  await using tools = await backgroundOn();
  expect(await tools.bash({ command: waits, background: true })).toEqual(
    ok("Started in the background as bash-1. See it with BashOutput."),
  );
  await tools.said("ready");
  expect(await tools.bashOutput({ id: "bash-1" })).toEqual(ok("ready\n[it still runs]"));
  expect(await tools.bashOutput({ id: "bash-1" })).toEqual(ok("(nothing new)\n[it still runs]"));
  // It does not hold up a command of the same worktree.
  expect(await tools.bash({ command: "touch go; echo done" })).toEqual(ok("done\n[exit code 0]"));
  await tools.ended();
  expect(await tools.bashOutput({ id: "bash-1" })).toEqual(ok("went on\n[exit code 3]"));
  expect(await tools.killBash({ id: "bash-1" })).toEqual(ok("(nothing new)\n[exit code 3]"));
});

test("while one runs, Grep searches in the sandbox: a link that is put somewhere meanwhile leads nowhere", async () => {
  await using rig = await shellRig();
  const shell: Shell = {
    run: ({ script, ...command }, signal) => rig.run(script, command, signal),
  };
  const contract = agentContract(rig.worktree.path, { outDir: rig.outDir });
  const reach = { root: rig.worktree.path, write: ["**"] };
  const grep = use(grepTool(reach, () => confinedSearch(contract, shell)));
  writeFiles(rig.worktree.path, { "b/c.txt": "x\na\n" });
  expect(await grep({ pattern: "^a" })).toEqual(ok("a.txt:1:a\nb/c.txt:2:a"));
  expect(await grep({ pattern: "^a", path: "b" })).toEqual(ok("b/c.txt:2:a"));
  expect(await grep({ pattern: "none" })).toEqual(ok("no matches"));
  expect(await grep({ pattern: "(" })).toEqual(error(expect.stringContaining("unclosed group")));
  writeFiles(rig.home, { "c.txt": "a secret\n" });
  symlinkSync(rig.home, join(rig.worktree.path, "out"));
  const search = confinedSearch(contract, shell);
  const asked = search({ pattern: "secret", path: "out" }, new AbortController().signal);
  await expect(asked).rejects.not.toThrow("a secret");
});

test("KillBash ends a command with everything it started", async () => {
  await using tools = await backgroundOn();
  const mark = `mark-${randomUUID()}`;
  const command = `(exec -a ${mark} sleep 1000) & setsid bash -c 'exec -a ${mark} sleep 1000' & echo ready; wait`;
  await tools.bash({ command, background: true });
  await tools.said("ready");
  expect(await tools.killBash({ id: "bash-1" })).toEqual(
    ok(expect.stringMatching(/^ready[^]*\[the command was ended: cancelled\]$/)),
  );
  const alive = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  expect(processesWith(mark, alive)).toEqual([]);
  expect((await tools.bashOutput({ id: "bash-1" })).text).toContain("(nothing new)");
});

test("background commands end with their agent", async () => {
  await using tools = await backgroundOn();
  await tools.bash({ command: waits, background: true });
  await tools.bash({ command: waits, background: true });
  await tools.close();
  for (const id of ["bash-1", "bash-2"]) {
    expect((await tools.bashOutput({ id })).text).toMatch(/\[the command was ended: cancelled\]$/);
  }
});

test("an agent that delivers takes its background commands with it", async () => {
  await using rig = await shellRig();
  const mark = `mark-${randomUUID()}`;
  const story = await tellStory({
    turns: [
      calling(call("Bash", { command: `exec -a ${mark} sleep 1000`, background: true })),
      calling(submit),
    ],
    contract: {
      root: rig.worktree.path,
      outDir: rig.outDir,
      tools: ["Bash", "BashOutput", "KillBash", "Submit"],
    },
    shell: { run: ({ script, ...command }, signal) => rig.run(script, command, signal) },
  });
  expect(resultsIn(story.requests[1])).toEqual([expect.stringContaining("bash-1")]);
  expect(story.result.status).toBe("submitted");
  const alive = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  expect(processesWith(mark, alive)).toEqual([]);
});

test("a command that never stops talking is bounded: the newest is shown, the rest is counted", async () => {
  await using tools = await backgroundOn();
  const command = "head -c 5000000 /dev/zero | tr '\\0' x; echo the end; sleep 1000";
  await tools.bash({ command, background: true });
  await tools.said("the end");
  const { text } = await tools.bashOutput({ id: "bash-1" });
  expect(text.length).toBeLessThan(100_200);
  expect(text).toMatch(/^\[\d+ characters before this left out\]\nx+the end\n\[it still runs\]$/);
});

test("there is an end to how many run at a time, and unknown ids are answered with the known", async () => {
  await using tools = await backgroundOn();
  expect(await tools.bashOutput({ id: "bash-1" })).toEqual(
    error(
      expect.stringMatching(/no background command bash-1 \(none was started\).*background: true/),
    ),
  );
  for (let count = 0; count < 4; count++) await tools.bash({ command: waits, background: true });
  expect(await tools.bash({ command: waits, background: true })).toEqual(
    error(expect.stringMatching(/4 run in the background already.*KillBash/)),
  );
  expect(await tools.killBash({ id: "bash-9" })).toEqual(
    error(expect.stringContaining("(bash-1, bash-2, bash-3, bash-4)")),
  );
  await tools.killBash({ id: "bash-2" });
  expect((await tools.bash({ command: "true", background: true })).text).toContain("bash-5");
});
