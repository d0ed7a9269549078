import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect, onTestFinished, test } from "vitest";

import { startOfflineServer } from "../../src/offline/server/start-server.ts";
import type { OfflineTurn } from "../../src/offline/turn.ts";
import { leftBy, runKilled } from "../support/killed-run.ts";
import { call, finishedOf, skein, submit, yamlFile } from "../support/run-skein.ts";
import { git, tempRepo } from "../support/temp-repo.ts";

/** A strict server that answers each agent by its turns, and notes which turn each request was for. */
async function serve(turnsOf: (about: string) => readonly OfflineTurn[]) {
  const asked: { readonly about: string; readonly turn: number; readonly last: string }[] = [];
  const server = await startOfflineServer({
    mode: "lint",
    responder: ({ messages }) => {
      const text = JSON.stringify(messages[0]);
      const turn = messages.filter(({ role }) => role === "assistant").length;
      const about = /<contract role=\\"(\w+)\\" unit=\\"([^"]*)\\"/.exec(text)?.slice(1).join(" ");
      asked.push({ about: about ?? "", turn, last: JSON.stringify(messages.at(-1)) });
      return turnsOf(about ?? "")[turn] ?? { refuse: "the story is over" };
    },
  });
  onTestFinished(() => server.close());
  const env = { ANTHROPIC_API_KEY: server.apiKey, ANTHROPIC_BASE_URL: server.url };
  return { asked, server, env };
}

function turn(...content: OfflineTurn["content"]): OfflineTurn {
  return { content };
}

const edit = call("Edit", { file_path: "a.txt", old_string: "one", new_string: "two" });

const plan = yamlFile("plan.yaml", {
  version: 1,
  name: "replayed",
  tasks: {
    edit: {
      steps: [
        { run: 'echo begun >> "$SKEIN_OUT/kept"' },
        { agent: { prompt: "Edit a.txt", scope: { write: ["**"] } } },
      ],
      outputs: { kept: { text: "kept" } },
    },
  },
});

/** Goes on for ever where the agent's build outputs are: not in a worktree that was put back. */
const endless = "while test -e b.out; do sleep 1; done";

function working(wait: string): readonly OfflineTurn[] {
  return [
    turn(call("Read", { file_path: "a.txt" })),
    turn(
      edit,
      call("Bash", {
        command: 'echo made > made.txt; echo b > b.out; echo 1 >> "$SKEIN_OUT/kept"',
      }),
    ),
    turn(
      call("Bash", { command: 'echo more | tee -a "$SKEIN_OUT/kept" >> made.txt; rm a.txt' }),
      call("Bash", { command: wait }),
    ),
    turn(call("Read", { file_path: "made.txt" })),
    turn(call("Bash", { command: "cp made.txt all.txt" })),
    turn(submit()),
  ];
}

const files = { "a.txt": "one\n", ".gitignore": "*.out\n" };
const allow = ["--permission-mode", "trusted"];

async function undisturbed(): Promise<string> {
  const repo = tempRepo(files);
  const { env } = await serve(() => working("true"));
  const ran = await skein(["run", plan, "--repo", repo, "--json", ...allow], { env });
  expect(ran.exitCode, `${ran.stderr}${ran.stdout}`).toBe(0);
  return leftBy(repo).tree;
}

/** As if it had been killed when its last reply was on the disk, and not yet counted. */
function loseLastSpend(repo: string): void {
  const runs = join(repo, ".skein", "runs");
  const [run = ""] = readdirSync(runs).filter((name) => /^\d/.test(name));
  const file = join(runs, run, "journal.jsonl");
  const lines = readFileSync(file, "utf8").split("\n");
  const last = lines.findLastIndex((line) => line.includes('"kind":"spent"'));
  expect(last).toBeGreaterThan(0);
  writeFileSync(
    file,
    lines
      .slice(0, last)
      .map((line) => `${line}\n`)
      .join(""),
  );
}

test("killed in the middle of a turn, an agent goes on with it: no turn is asked for twice, nothing is done twice, in its output folder neither", async () => {
  const tree = await undisturbed();
  const repo = tempRepo(files);
  const { asked, server, env } = await serve(() => working(endless));
  const waits = { kind: "line", text: '"input":"while' } as const;
  const killed = await runKilled(["run", plan, "--repo", repo, ...allow], waits, env);
  expect(killed.exitCode, killed.stderr).toBeUndefined();
  const turns = (): readonly number[] => asked.map(({ turn: number }) => number);
  expect(turns()).toEqual([0, 1, 2]);
  loseLastSpend(repo);
  const resumed = await skein(["resume", "--repo", repo, "--json", ...allow], { env });
  expect(resumed.exitCode, resumed.stderr).toBe(0);
  expect(turns()).toEqual([0, 1, 2, 3, 4, 5]);
  expect(server.stats().refused).toEqual([]);
  const left = leftBy(repo);
  expect(left.tree).toBe(tree);
  expect(left).toMatchObject({ worktrees: 1, folders: [], processes: [], status: "" });
  expect(git(repo, "show", `${finishedOf(resumed).result?.branch}:all.txt`)).toBe("made\nmore\n");
  expect(finishedOf(resumed).spent).toMatchObject({ turns: 6 });
  const ended = resumed.events.find((event) => event.kind === "unit-finished");
  expect(ended?.outputs["kept"]).toBe("begun\n1\nmore");
  expect(resumed.events).toContainEqual(
    expect.objectContaining({
      event: { kind: "replayed", turns: 3, usd: expect.any(Number) as number },
    }),
  );
  const report = await skein(["report", "--repo", repo]);
  expect(report.stdout).toMatch(
    /replayed +3 turns of agents that were cut off: <?\$0\.\d+ not paid/,
  );
});

const planned = {
  version: 1,
  name: "two lines",
  tasks: {
    line: {
      strategy: { matrix: { word: ["left", "right"] } },
      agent: { prompt: "Write ${{ matrix.word }} into a.txt", scope: { write: ["a.txt"] } },
    },
    merge: { needs: ["line"], reduce: { from: ["line"], "on-conflict": "agent" } },
  },
};

/** A planner, two agents that change the same line, and a reducer that settles it. */
function planning(about: string): readonly OfflineTurn[] {
  const look = turn(call("Read", { file_path: "a.txt" }));
  const write = (text: string): OfflineTurn =>
    turn(call("Write", { file_path: "a.txt", content: `${text}\n` }));
  if (about.startsWith("coordinator"))
    return [look, turn(call("Submit", { summary: "planned", plan: planned }))];
  if (about.startsWith("reducer"))
    return [
      look,
      write("left and right"),
      turn(call("Read", { file_path: "a.txt" })),
      turn(submit()),
    ];
  return [look, write(about.includes("left") ? "left" : "right"), turn(submit())];
}

test("a planner and a reducer that are cut off go on as well, and so do agents beside each other", async () => {
  const repo = tempRepo(files);
  const { asked, server, env } = await serve(planning);
  const kills = [
    '"unit":"coordinator","attempt":1,"event":{"kind":"tool-started"',
    '"unit":"line[right]","attempt":1,"event":{"kind":"tool-started","tool":"Write"',
    '"unit":"merge","attempt":1,"event":{"kind":"tool-started","tool":"Write"',
    '"unit":"merge","attempt":1,"event":{"kind":"tool-started","tool":"Submit"',
  ];
  const began = ["run", "Write both words", "--repo", repo];
  for (const [at, text] of kills.entries()) {
    const args = at === 0 ? began : ["resume", "--repo", repo];
    const killed = await runKilled(args, { kind: "line", text }, env);
    expect(killed.exitCode, killed.stderr).toBeUndefined();
  }
  const resumed = await skein(["resume", "--repo", repo, "--json"], { env });
  expect(resumed.exitCode, resumed.stderr).toBe(0);
  const turns = asked.map(({ about, turn: number }) => `${about} ${number}`);
  expect(new Set(turns).size).toBe(turns.length);
  expect(turns).toHaveLength(2 + 2 * 3 + 4);
  expect(server.stats().refused).toEqual([]);
  expect(git(repo, "show", `${finishedOf(resumed).result?.branch}:a.txt`)).toBe("left and right\n");
  expect(leftBy(repo)).toMatchObject({ worktrees: 1, folders: [], processes: [], status: "" });
});
