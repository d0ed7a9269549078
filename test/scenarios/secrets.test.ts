import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { secretLines } from "../core/secrets/secret-lines.ts";
import { call, conversation, finishedOf, skein, submit, yamlFile } from "../support/run-skein.ts";
import { tempRepo } from "../support/temp-repo.ts";

const lines = secretLines.map(({ around, secret }) => around.replace("@@", secret));
const secrets = [...new Set(secretLines.map(({ secret }) => secret))];
const own = "only-known-by-value-8841";

test("secrets in files, output of tests, notes and the environment are in no file that a run leaves", async () => {
  const repo = tempRepo({
    "a.txt": "one\n",
    "settings.txt": `${lines.join("\n")}\n`,
    // Too long for the context, so that the whole is kept in a file.
    "long.txt": `${"filling\n".repeat(30_000)}${lines.join("\n")}\n${"filling\n".repeat(30_000)}`,
    "own.txt": `it is ${own}\n`,
  });
  const script = yamlFile("script.yaml", {
    conversations: [
      conversation(
        'unit="edit"',
        [call("Read", { file_path: "settings.txt" }), call("Read", { file_path: "own.txt" })],
        [call("Grep", { pattern: ".", output_mode: "content" })],
        [call("Bash", { command: "cat long.txt settings.txt own.txt" })],
        [call("Remember", { kind: "fact", note: `${lines.slice(0, 9).join(" ")} ${own}` })],
        [call("Write", { file_path: "a.txt", content: "two\n" })],
        [submit({ summary: `used ${lines[0]} and ${own}` })],
      ),
    ],
  });
  const plan = yamlFile("plan.yaml", {
    version: 1,
    name: "secrets",
    vars: { password: secrets[0] },
    tasks: {
      edit: {
        agent: { prompt: "Change a.txt", scope: { write: ["a.txt"] } },
        verify: [{ run: "cat settings.txt own.txt" }],
      },
      tell: {
        needs: ["edit"],
        run: `cat settings.txt own.txt; echo '{"said": "${lines[1]}"}'; exit 3`,
      },
    },
  });
  const env = { DEPLOY_TOKEN: own, ANTHROPIC_API_KEY: "known-by-value-as-well-9" };
  const result = await skein(["run", plan, "--repo", repo, "--script", script, "--json"], { env });
  finishedOf(result);
  const runs = join(repo, ".skein/runs");
  const files = readdirSync(runs, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const left = files.flatMap((entry) => {
    const text = readFileSync(join(entry.parentPath, entry.name), "utf8");
    return [...secrets, own]
      .filter((secret) => text.includes(secret))
      .map((secret) => `${entry.name}: ${secret}`);
  });
  expect(left).toEqual([]);
  const names = files.map((entry) => entry.name).join(" ");
  for (const kind of ["journal.jsonl", "plan.yaml", "report.md", "notes.jsonl", ".log"])
    expect(names).toContain(kind);
  expect(names).toMatch(/out-[0-9a-f]{12}\.txt/);
  const transcript = files.find(({ name }) => name.startsWith("edit-1.jsonl"));
  expect(readFileSync(join(transcript?.parentPath ?? "", "edit-1.jsonl"), "utf8")).toContain(
    "[redacted]",
  );
});
