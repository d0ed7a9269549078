import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import type { DreamWorld } from "../../src/app/consolidate-record.ts";
import { decide } from "../../src/cli/commands/memory/decide.ts";
import { openMemory } from "../../src/cli/open-memory.ts";
import { byHand } from "../../src/model/memory-observation.ts";
import { fakeIo } from "../support/fake-io.ts";
import { memoryRepo, saidOn } from "../support/memory-repo.ts";
import { skein } from "../support/run-skein.ts";

/** A memory with one fact, and a way to change its file. */
async function oneFact() {
  const memory = memoryRepo();
  await memory.take(saidOn(1, "The port of web is 80", { origin: "run" }));
  await memory.run("dream");
  const root = join(memory.repo, ".skein/memory");
  const path = (): string => join(root, "project", readdirSync(join(root, "project"))[0] ?? "");
  const change = (from: RegExp | string, to: string): void =>
    writeFileSync(path(), readFileSync(path(), "utf8").replace(from, to));
  return { ...memory, root, path, change };
}

test("what a hand edit changed beside the words is told: the kind, the key, what it holds under", async () => {
  const { run, change, facts } = await oneFact();
  change("---\n", "---\nkind: decision\n");
  expect((await run("dream")).stdout).toMatch(
    /^~ changed .* The port of web is 80 \(kind: fact → decision\)\n/,
  );
  change(/^subject: .*$/m, "subject: api");
  change(/^kind: .*$/m, "kind: pitfall\nqualifiers: {os: linux}");
  const told = await run("memory", "add", "The owner of web is Ana");
  expect(told.stdout).toMatch(
    /^~ changed .*\(kind: decision → pitfall, subject: web → api, qualifiers: none → os=linux\)\n\+ new/,
  );
  expect((await facts())[0]).toMatchObject({ kind: "pitfall", subject: "api" });
});

test("a fact that its file was moved for is told with its new scope", async () => {
  const { run, path, root } = await oneFact();
  mkdirSync(join(root, "user"), { recursive: true });
  renameSync(path(), join(root, "user/port.md"));
  expect((await run("memory", "ls")).stdout).toContain("(user, fact");
  expect((await run("dream")).stdout).toMatch(
    /^~ changed .*The port of web is 80 \(scope: project → user\)\n/,
  );
  const [name = ""] = readdirSync(join(root, "user"));
  renameSync(join(root, "user", name), join(root, "project/port.md"));
  expect((await run("dream")).stdout).toMatch(/\(scope: user → project\)/);
});

test("what a hand edit changed that counts for nothing is told, with the reason", async () => {
  const { run, change, facts } = await oneFact();
  const before = await facts();
  change("---\n", "---\nscope: user\n");
  change(/^confidence: .*$/m, "confidence: 0.99\nsupport: 7");
  const { stdout, stderr } = await run("dream");
  expect(stdout).not.toMatch(/^[-+=~?] /m);
  expect(stderr).toMatch(
    /memory\/project\/\S+: scope stays project: the folder of a file says it; move it to user\/ for that/,
  );
  expect(stderr).toMatch(/: confidence, support stay as they were: memory works them out itself/);
  expect(await facts()).toEqual(before);
});

test("a new file says its kind, what it holds under and its key, and hears what of it says nothing", async () => {
  const { run, root, facts } = await oneFact();
  const file = join(root, "project/new.md");
  writeFileSync(
    file,
    "---\nkind: pitfall\nscope: user\nqualifiers: {os: linux}\ntags: [a]\n---\nThe owner of api is Ana\n",
  );
  const { stderr } = await run("dream");
  expect(stderr).toContain("new.md: scope stays project: the folder of a file says it");
  expect(stderr).toContain("new.md: tags is no field of a fact and says nothing");
  const fact = (await facts()).find(({ text }) => text.includes("Ana"));
  expect(fact).toMatchObject({ kind: "pitfall", scope: "project", qualifiers: { os: "linux" } });
  writeFileSync(file, "---\nkind: law\n---\nThe linter of api is eslint\n");
  expect((await run("dream")).stderr).toMatch(/new\.md: kind: .*; it is left as it is/);
});

test("a field that is none is told, and so is a date that was changed, by itself", async () => {
  const { run, change } = await oneFact();
  change("---\n", "---\nSubject: api\n");
  change(/^observed_at: .*$/m, "observed_at: 2020-01-01T00:00:00Z");
  const { stderr } = await run("dream");
  expect(stderr).toContain(": Subject is no field of a fact and says nothing");
  expect(stderr).toContain(": observed_at stays as it was: memory works it out itself");
});

test("what an edit by command changed that counts for nothing is told, too", async () => {
  const { run, runAs, facts } = await oneFact();
  const id = (await facts())[0]?.id ?? "";
  const sets = (command: string) =>
    runAs({ env: { EDITOR: `sed -i '${command}'` } }, "memory", "edit", id);
  const edited = await sets("s/^confidence: .*/confidence: 1/");
  expect(edited.stdout).toBe("nothing changed by it\n");
  expect(edited.stderr).toContain("note: confidence stays as it was");
  expect(await run("dream")).toMatchObject({ stderr: "" });
  // There is no folder that a copy could be moved to.
  const moved = await sets("1a scope: user");
  expect(moved.stdout).toMatch(/^~ changed .*\(scope: project → user\)\n$/);
  expect(moved.stderr).toBe("");
  expect((await facts()).map(({ scope }) => scope)).toEqual(["user"]);
});

test("who is overtaken by another process' dream hears what became of their own fact", async () => {
  const { repo, run, facts } = memoryRepo();
  await run("memory", "add", "The port of web is 80");
  const opened = openMemory({ repo }, { env: {} });
  if (!opened.ok) throw new Error(opened.error.message);
  const world = opened.value;
  const found = await world.store.snapshot();
  if (!found.ok) throw new Error(found.error.message);
  const snapshot = found.value;
  const overtaken: DreamWorld = {
    ...world,
    store: {
      ...world.store,
      alone: async (work) => {
        await run("memory", "add", "The owner of web is Ana");
        return world.store.alone(work);
      },
    },
  };
  const say = async (text: string, seq: number): Promise<string> => {
    const io = fakeIo();
    const at = new Date(world.clock.now()).toISOString();
    const observation = { session: byHand, seq, at, origin: "user" as const, text };
    const entries = [{ type: "observed" as const, observation }];
    expect(await decide(overtaken, { entries, snapshot }, io)).toBe(0);
    return io.out();
  };
  expect(await say("The linter of web is eslint", 1)).toMatch(
    /^\+ new .*eslint\n… and 1 other change: skein memory history\n$/,
  );
  expect(await say("The port of web is 81", 2)).toMatch(
    /^- superseded .*80\n\+ new .*81\n… and 2 other changes/m,
  );
  const [first] = await facts();
  expect(first?.status).toBe("superseded");
});

test("eight who add at once each hear of their own fact", async () => {
  const { repo, run, facts } = memoryRepo();
  const said = await Promise.all(
    Array.from({ length: 8 }, (_, n) =>
      skein(["memory", "add", `The port of app${n} is ${8000 + n}`, "--repo", repo]),
    ),
  );
  for (const [n, { stdout, exitCode }] of said.entries()) {
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(new RegExp(`^\\+ new .*app${n} is|^noted; it takes effect`, "m"));
  }
  await run("dream");
  expect(await facts()).toHaveLength(8);
});
