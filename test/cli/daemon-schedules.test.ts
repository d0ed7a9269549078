import { join } from "node:path";

import { expect, test } from "vitest";

import { runCli } from "../../src/cli/run-cli.ts";
import { widthOf } from "../../src/core/text-layout.ts";
import { type FakeIo, fakeIo } from "../support/fake-io.ts";
import { git, tempRepo, writeFiles } from "../support/temp-repo.ts";

async function schedules(
  repo: string,
  ...more: readonly string[]
): Promise<FakeIo & { code: number }> {
  const env = { XDG_CONFIG_HOME: join(repo, ".none"), ANTHROPIC_API_KEY: "none" };
  const io = fakeIo({ env });
  const argv = ["node", "skein", "daemon", "schedules", "--repo", repo, ...more];
  return Object.assign(io, { code: await runCli(argv, io) });
}

const file = (...fields: readonly string[]): string => `---\n${fields.join("\n")}\n---\nLook.\n`;

test("each schedule is told with its next three times, as the clocks of its zone show them", async () => {
  const repo = tempRepo({ "a.txt": "a\n" });
  writeFiles(join(repo, ".skein/schedules"), {
    "nightly.md": file('cron: "30 3 * * 1"', "tz: Asia/Kolkata", "jitter: 10m"),
    "off.md": file('cron: "@daily"', "enabled: false"),
    "never.md": file('cron: "0 0 30 2 *"'),
    "theirs.md": file('cron: "0 3 * * *"'),
    "notes.txt": "notes",
  });
  git(repo, "add", "--force", ".skein/schedules/theirs.md");
  const told = await schedules(repo);
  expect(told.code).toBe(0);
  const lines = told.out().split("\n");
  const at = lines.findIndex((line) => line.startsWith("  nightly"));
  expect(lines[at]).toMatch(
    /^ {2}nightly {4}30 3 \* \* 1 {2}Mon \d{4}-\d\d-\d\d 03:30 Asia\/Kolkata$/,
  );
  expect(lines.slice(at + 1, at + 4)).toEqual([
    expect.stringMatching(/^ {25}Mon \d{4}-\d\d-\d\d 03:30$/),
    expect.stringMatching(/^ {25}Mon \d{4}-\d\d-\d\d 03:30$/),
    `${" ".repeat(25)}each up to 10 minutes later`,
  ]);
  expect(told.out()).toMatch(/^ {2}off +@daily +waits: it is switched off$/m);
  expect(told.out()).toMatch(/^ {2}never +0 0 30 2 \* +its time never comes$/m);
  expect(told.out()).toMatch(/^ {2}theirs +0 3 \* \* \* +\w{3} \S+ 03:00 UTC$/m);
  expect(told.out()).toContain("waits: it came with the repository");
  expect(told.out()).toMatch(/^ {2}notes\.txt +its name does not end in \.md$/m);
  expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(80);
});

test("every mistake is told with its file and line, and the exit code says that there is one", async () => {
  const repo = tempRepo({ "a.txt": "a\n" });
  writeFiles(join(repo, ".skein/schedules"), {
    "wrong.md": file('cron: "61 3 * * *"', "colour: red", "crn: 4"),
    "right.md": file('cron: "@daily"'),
  });
  const told = await schedules(repo);
  expect(told.code).toBe(2);
  for (const [line, why] of [
    [2, 'cron "61'],
    [3, "there is no field"],
    [4, "there is no field"],
  ])
    expect(told.out()).toContain(`.skein/schedules/wrong.md:${line}: ${why}`);
  const json = await schedules(repo, "--json");
  expect(json.code).toBe(2);
  const objects = json
    .out()
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as object);
  expect(objects).toMatchObject([
    {
      schedule: "right",
      file: ".skein/schedules/right.md",
      tz: "UTC",
      enabled: true,
      next: [1, 2, 3].map(() => expect.stringMatching(/T00:00:00.000Z$/)),
      why: null,
      mistakes: [],
    },
    { schedule: "wrong", cron: null, next: [], mistakes: [{ line: 2 }, { line: 3 }, { line: 4 }] },
  ]);
});

const worksOff = (path: string): string => `---\ncron: "@daily"\nplan: ${path}\n---\n`;

test("every mistake of a plan that a schedule names is told, also that there is none", async () => {
  const repo = tempRepo({ "bad.yaml": "version: 1\nname: p\ntasks: { t: [\n" });
  writeFiles(repo, { "wrong.yaml": "version: 1\nname: p\ncolour: red\ntasks: { t: { rn: x } }\n" });
  writeFiles(join(repo, ".skein/schedules"), {
    "bad.md": worksOff("bad.yaml"),
    "gone.md": worksOff("gone.yaml"),
    "wrong.md": worksOff("wrong.yaml"),
  });
  const told = await schedules(repo);
  expect(told.code).toBe(2);
  expect(told.out()).toMatch(/bad\.yaml:\d+: /);
  expect(told.out()).toContain(".skein/schedules/gone.md:3: plan: there is no gone.yaml");
  expect(told.out()).toContain("wrong.yaml:3: ");
  expect(told.out()).toContain("wrong.yaml:4: ");
  const json = await schedules(repo, "--json");
  expect(json.code).toBe(2);
  expect(json.out()).toContain('"mistakes":[{"file":".skein/schedules/gone.md","line":3,');
});

test("as objects, what lies there and is no schedule is told as well", async () => {
  const repo = tempRepo({ "a.txt": "a\n" });
  writeFiles(join(repo, ".skein/schedules"), { "notes.txt": "notes", "more/a.md": "" });
  const json = await schedules(repo, "--json");
  const objects = json.out().trim().split("\n");
  expect([json.code, objects.length]).toEqual([0, 2]);
  expect(objects.map((line) => JSON.parse(line) as object)).toMatchObject([
    { schedule: "more/", why: expect.stringMatching(/./), next: [], mistakes: [] },
    {
      schedule: "notes.txt",
      file: ".skein/schedules/notes.txt",
      why: "its name does not end in .md",
    },
  ]);
});

test("where there are no schedules it says so", async () => {
  const told = await schedules(tempRepo({ "a.txt": "a\n" }));
  expect([told.code, told.out()]).toEqual([0, ""]);
  expect(told.err()).toContain("there are no schedules in .skein/schedules");
});
