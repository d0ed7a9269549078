import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";

import { execa } from "execa";
import { expect, test } from "vitest";

import { claimRun } from "../../src/adapters/run-owner.ts";
import { skein, yamlFile } from "../support/run-skein.ts";
import { story } from "../support/run-story.ts";
import { storedStory, writeJournal } from "../support/stored-run.ts";
import { git, tempRepo } from "../support/temp-repo.ts";

const main = resolve("bin/skein.js");

/** A process, one line of whose output was read, and then nobody read any more: but for `--json` on neither of its streams. */
async function unread(
  args: readonly string[],
  hear: (text: string) => void = () => undefined,
): Promise<{ readonly ended: Promise<number> }> {
  const child = spawn(process.execPath, [main, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  child.stderr.on("data", (text: Buffer) => hear(text.toString()));
  const ended = once(child, "exit").then(([code]) => code as number);
  const [{ stdout, stderr }, isJson] = [child, args.includes("--json")];
  const lines = createInterface({ input: isJson ? stdout : stderr });
  await once(lines, "line");
  lines.close();
  stdout.destroy();
  if (!isJson) stderr.destroy();
  return { ended };
}

for (const format of [["--json"], []])
  test(`a run whose output nobody reads any more comes to its end ${format.join("")}`, async () => {
    const repo = tempRepo({ "a.txt": "one\n" });
    const wait = 'until test -e "$(git rev-parse --git-common-dir)/info/go"; do sleep 0.02; done';
    const plan = yamlFile("plan.yaml", {
      version: 1,
      name: "long",
      tasks: {
        first: { run: `${wait}; echo two > a.txt` },
        second: { needs: ["first"], run: "echo b > b.txt" },
      },
    });
    let heard = "";
    const { ended } = await unread(["run", plan, "--repo", repo, ...format], (text) => {
      heard += text;
    });
    writeFileSync(join(repo, ".git", "info", "go"), "");
    expect(await ended).toBe(0);
    if (format.length > 0) expect(heard).toMatch(/^skein: nobody reads the events any more; .*\n$/);
    const [row] = (await skein(["runs", "--repo", repo, "--json"])).stdout.split("\n");
    const { standing, branch, outcomes } = JSON.parse(row ?? "") as Record<string, string>;
    expect({ standing, outcomes }).toEqual({ standing: "finished", outcomes: { done: 2 } });
    expect(git(repo, "show", `${branch}:a.txt`, `${branch}:b.txt`)).toBe("two\nb\n");
  });

test("who follows a run's log, and whose reader has gone, ends with the next line there is to tell", async () => {
  const run = storedStory();
  const folder = writeJournal(run.repo, story.slice(0, 3), run);
  await claimRun(folder);
  const { ended } = await unread(["log", "-f", "--json", "--repo", run.repo]);
  appendFileSync(join(folder, "journal.jsonl"), `${JSON.stringify(story[3])}\n`);
  expect(await ended).toBe(0);
});

test("an output that cannot be written is told, with what it means, and is no success", async () => {
  const { repo } = storedStory();
  const runs = [process.execPath, main, "runs", "--repo", repo];
  const toFullDisk = ["-c", 'exec "$@" > /dev/full', "sh", ...runs];
  const { exitCode, stderr } = await execa("sh", toFullDisk, { reject: false });
  expect(exitCode).toBe(5);
  expect(stderr).toMatch(/^skein: the output cannot be written: ENOSPC: no space left/);
  expect(stderr).not.toContain("bug");
});

test("a run whose events do not fit on the disk comes to its end, and says that and nothing of readers", async () => {
  const repo = tempRepo({ "a.txt": "one\n" });
  const plan = yamlFile("plan.yaml", {
    version: 1,
    name: "one",
    tasks: { first: { run: "echo two > a.txt" } },
  });
  const run = [process.execPath, main, "run", plan, "--repo", repo, "--json"];
  const toFullDisk = ["-c", 'exec "$@" > /dev/full', "sh", ...run];
  const { exitCode, stderr } = await execa("sh", toFullDisk, { reject: false });
  expect(exitCode).toBe(5);
  expect(stderr).toMatch(/^skein: the output cannot be written: ENOSPC: no space left/m);
  expect(stderr).not.toContain("nobody reads");
});
