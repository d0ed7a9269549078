import { existsSync, mkdtempSync, readdirSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { expect, test } from "vitest";

import { call, conversation, finishedOf, skein, submit, yamlFile } from "../support/run-skein.ts";
import { git, tempRepo } from "../support/temp-repo.ts";

/** A PATH with all programs of this machine but bubblewrap. */
function pathWithoutBubblewrap(): string {
  const folder = mkdtempSync(join(tmpdir(), "skein-path-"));
  for (const from of ["/usr/local/bin", "/usr/bin", "/bin"]) {
    for (const name of existsSync(from) ? readdirSync(from) : []) {
      const link = join(folder, name);
      if (name !== "bwrap" && !existsSync(link)) symlinkSync(join(from, name), link);
    }
  }
  return `${dirname(process.execPath)}:${folder}`;
}

const bash = (command: string): ReturnType<typeof call> => call("Bash", { command });

test("without bubblewrap agents can only look, whatever the rules and the mode say, and people are told what to install", async () => {
  const repo = tempRepo({ "a.txt": "one\n" });
  const plan = yamlFile("plan.yaml", {
    version: 1,
    name: "bare",
    tasks: {
      edit: { agent: { prompt: "Look at a.txt", scope: { write: ["a.txt"] } } },
      build: { run: "touch built" },
    },
  });
  const script = yamlFile("script.yaml", {
    conversations: [
      conversation(
        'unit="edit"',
        [bash("cat a.txt | head -1"), bash("touch made"), bash("git status --short")],
        [call("Read", { file_path: "a.txt" })],
        [call("Edit", { file_path: "a.txt", old_string: "one", new_string: "two" })],
        [submit()],
      ),
    ],
  });
  const asked = ["run", plan, "--repo", repo, "--script", script, "--json"];
  const loose = ["--permission-mode", "trusted", "--allow", "Bash(touch:*)"];
  const env = { PATH: pathWithoutBubblewrap() };
  const result = await skein([...asked, ...loose], { env });
  const finished = finishedOf(result);
  expect(git(repo, "show", `${finished.result?.branch}:a.txt`)).toBe("two\n");

  const report = await skein(["report", finished.run, "--repo", repo], { env });
  expect(report.stdout).toMatch(/Refused[^]*touch made[^]*no sandbox on this machine/);
  const tools = result.events.flatMap((event) =>
    event.kind === "agent" && event.event.kind === "tool-finished" ? [event.event] : [],
  );
  expect(tools.filter(({ tool }) => tool === "Bash").map(({ ok }) => ok)).toEqual([
    true,
    false,
    true,
  ]);
  expect(finished.notMerged).toMatchObject([{ unit: "build", outcome: "failed" }]);
  expect(report.stdout).toMatch(/Install bubblewrap, or give --unsandboxed/i);

  const people = await skein(asked.slice(0, -1), { env });
  expect(people.stderr).toMatch(
    /bubblewrap is not installed; agents can only run commands that look/,
  );
});
