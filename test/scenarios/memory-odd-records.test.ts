import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { memoryRepo, saidOn } from "../support/memory-repo.ts";

/** Files of memory that nobody has touched are as the dream left them, and no dream has anything to do. */
async function expectQuiet({ run }: Pick<ReturnType<typeof memoryRepo>, "run">): Promise<void> {
  const again = await run("dream");
  expect(again).toMatchObject({ exitCode: 0, stderr: "" });
  expect(again.stdout).toContain("nothing changed");
  expect((await run("memory", "restore", "--all")).stderr).toContain("every file is as the latest");
}

test("half of a sign, wherever a line of the record has it, makes no file look edited", async () => {
  const memory = memoryRepo();
  const half = "\ud83d";
  await memory.take(
    saidOn(1, `The owner of web is Bob ${half}`, { origin: "model" }),
    saidOn(2, `The host of web is evil.example ${half}`, { origin: "external" }),
    saidOn(3, "The port of web is 80", { session: `s-${half}`, qualifiers: { [half]: half } }),
    saidOn(4, "The linter of web is eslint", { subject: half, predicate: "linter", value: half }),
  );
  await memory.run("dream");
  const held = await memory.facts();
  expect(
    held
      .map(({ status }) => status)
      .toSorted()
      .at(-1),
  ).toBe("quarantined");
  await expectQuiet(memory);
  expect(await memory.facts()).toEqual(held);
});

test.each(["are ", "are: "])(
  "a line of the index is cut between two signs, so the index never looks edited: %s",
  async (more) => {
    const memory = memoryRepo();
    await memory.run("memory", "add", `Notes ${more}${"\u{1f98a}".repeat(100)}`);
    await expectQuiet(memory);
  },
);

test("a line of the record whose time is none is told, and keeps no dream from being made", async () => {
  const { run, repo, facts } = memoryRepo();
  await run("memory", "add", "The linter of web is eslint");
  const inbox = join(repo, ".skein/memory/inbox");
  const [name = ""] = readdirSync(inbox);
  const said = JSON.parse(readFileSync(join(inbox, name), "utf8")) as Record<string, unknown>;
  const source = { session: said["session"], seq: said["seq"] };
  const lines = [
    { type: "used", at: "garbage", source },
    { type: "counted", source, sessions: ["a"], uses: { until: "garbage", times: 1 } },
    { type: "reviewed", at: "garbage", verdict: "accepted", sources: [source] },
    { type: "forgot", at: "garbage", sources: [source] },
    { type: "revoked", at: "2026-10-01", of: "garbage", sources: [source] },
  ];
  writeFileSync(join(inbox, "used-1.jsonl"), lines.map((one) => JSON.stringify(one)).join("\n"));
  const dreamt = await run("dream");
  expect(dreamt.exitCode).toBe(0);
  expect(dreamt.stderr.match(/an ISO 8601 date is due/g)).toHaveLength(lines.length);
  expect((await facts()).map(({ text, use_count: uses }) => [text, uses])).toEqual([
    ["The linter of web is eslint", 0],
  ]);
});

test("a mark of the encoding in front of a file of a day says nothing, and a name that is no UTF-8 is told", async () => {
  const memory = memoryRepo();
  await memory.take(saidOn(1, "The port of web is 80"), saidOn(2, "The port of web is 81 now"));
  await memory.run("dream");
  const held = await memory.facts();
  const root = join(memory.repo, ".skein/memory");
  const day = join(root, "archive/project/2026-10-02.md");
  writeFileSync(day, `\uFEFF${readFileSync(day, "utf8").replaceAll("\n", "\r\n")}`);
  const dreamt = await memory.run("dream");
  expect(dreamt.stderr).toBe("");
  expect(await memory.facts()).toEqual(held);
  await expectQuiet(memory);
  const bad = (name: string): Buffer => Buffer.from(`${root}/project/${name}`, "latin1");
  writeFileSync(bad("caf\u00e9.md"), "The owner of web is Ana\n");
  mkdirSync(bad("d\u00e9"));
  const told = (await memory.run("dream")).stderr;
  expect(told).toContain("memory/project/caf\ufffd.md has a name that is no UTF-8; it is not read");
  expect(told).toContain("memory/project/d\ufffd has a name that is no UTF-8; it is not read");
});
