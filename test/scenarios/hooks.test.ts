import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { expect, test } from "vitest";
import { stringify } from "yaml";

import { call, conversation, finishedOf, skein, submit, yamlFile } from "../support/run-skein.ts";
import { git, tempRepo } from "../support/temp-repo.ts";

const token = "ghp_16C7e42F292c6912E7710c838347Ae178B4a";

/** A home whose config has hooks; each writes down what it was told and what it could see. */
function home(hooks: readonly object[]): {
  readonly env: Record<string, string>;
  readonly seen: string;
} {
  const folder = mkdtempSync(join(tmpdir(), "skein-hooks-"));
  const seen = join(folder, "seen");
  mkdirSync(seen);
  const config = join(folder, ".config/skein/config.yaml");
  mkdirSync(dirname(config), { recursive: true });
  writeFileSync(config, stringify({ hooks }));
  return { env: { HOME: folder, GITHUB_TOKEN: token }, seen };
}

function told(seen: string, event: string): string {
  const file = join(seen, event);
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}

const plan = yamlFile("plan.yaml", {
  version: 1,
  name: "hooked",
  tasks: { edit: { agent: { prompt: "Fix a.txt and b.txt", scope: { write: ["*.txt"] } } } },
});
const script = yamlFile("script.yaml", {
  conversations: [
    conversation(
      'unit="edit"',
      [call("Read", { file_path: "a.txt" }), call("Read", { file_path: "b.txt" })],
      [
        call("Edit", { file_path: "a.txt", old_string: "one", new_string: "ONE" }),
        call("Edit", { file_path: "b.txt", old_string: "two", new_string: `TWO ${token}` }),
      ],
      [submit()],
    ),
  ],
});

test("a person's hooks are told of every event, can block a call, and see no secret", async () => {
  const write = 'cat >> "$HOME/seen/$SKEIN_EVENT"; env >> "$HOME/seen/env"';
  const { env, seen } = home([
    ...["pre-tool", "post-tool", "unit-start", "unit-end", "run-end"].map((event) => ({
      event,
      command: write,
    })),
    {
      event: "pre-tool",
      matcher: "Edit|Write",
      command: "if grep -q a.txt; then echo a.txt is frozen >&2; exit 2; fi",
    },
    { event: "unit-end", command: "echo odd >&2; exit 7" },
  ]);
  const repo = tempRepo({ "a.txt": "one\n", "b.txt": "two\n" });
  const result = await skein(["run", plan, "--repo", repo, "--script", script, "--json"], { env });
  const { run, result: made } = finishedOf(result);
  const branch = made?.branch ?? "";
  expect(git(repo, "show", `${branch}:a.txt`)).toBe("one\n");
  expect(git(repo, "show", `${branch}:b.txt`)).toContain("TWO");

  expect(JSON.parse(told(seen, "unit-start"))).toMatchObject({ unit: "edit", attempt: 1, run });
  expect(JSON.parse(told(seen, "unit-end"))).toMatchObject({ outcome: "done", files: ["b.txt"] });
  expect(JSON.parse(told(seen, "run-end"))).toMatchObject({ exitCode: 0, branch });
  const calls = told(seen, "pre-tool").trim().split("\n");
  expect(calls.map((line) => (JSON.parse(line) as { tool: string }).tool)).toEqual(
    expect.arrayContaining(["Read", "Edit", "Submit"]),
  );
  expect(told(seen, "post-tool")).toContain("two");
  for (const event of ["pre-tool", "post-tool", "env", "unit-end"])
    expect(told(seen, event)).not.toContain(token);

  const report = await skein(["report", run, "--repo", repo], { env });
  expect(report.stdout).toMatch(/Refused[^]*Edit a\.txt[^]*a\.txt is frozen/);
  const log = await skein(["log", run, "--repo", repo], { env });
  expect(log.stdout).toMatch(/unit-end hook of the user .* exited with 7: odd/);
});

test("a unit that its start hook blocks fails with the hook's reason, and nothing is done", async () => {
  const { env } = home([{ event: "unit-start", command: "echo not on Fridays >&2; exit 2" }]);
  const repo = tempRepo({ "a.txt": "one\n", "b.txt": "two\n" });
  const result = await skein(["run", plan, "--repo", repo, "--script", script, "--json"], { env });
  expect(finishedOf(result)).toMatchObject({ exitCode: 1, outcomes: { failed: 1 }, merged: [] });
  expect(JSON.stringify(result.events)).toContain("not on Fridays");
  expect(result.events.some(({ kind }) => kind === "agent")).toBe(false);
});

test("a repository's hooks run only once a person has trusted it, and no longer when they change", async () => {
  const { env, seen } = home([]);
  const command = `touch ${join(seen, "theirs")}`;
  const config = stringify({ hooks: [{ event: "run-end", command }] });
  const repo = tempRepo({ "a.txt": "one\n", "b.txt": "two\n", ".skein/config.yaml": config });
  const run = () => skein(["run", plan, "--repo", repo, "--script", script, "--json"], { env });
  const untrusted = await run();
  expect(untrusted.stderr).toContain("has hooks; that counts after `skein init --trust`");
  expect(existsSync(join(seen, "theirs"))).toBe(false);

  expect((await skein(["init", "--trust", "--repo", repo], { env })).exitCode).toBe(0);
  await run();
  expect(existsSync(join(seen, "theirs"))).toBe(true);

  const other = `touch ${join(seen, "changed")}`;
  writeFileSync(
    join(repo, ".skein/config.yaml"),
    stringify({ hooks: [{ event: "run-end", command: other }] }),
  );
  await run();
  expect(existsSync(join(seen, "changed"))).toBe(false);
});
