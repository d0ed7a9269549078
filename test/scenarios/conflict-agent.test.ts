import { expect, test } from "vitest";

import {
  call,
  conversation,
  finishedOf,
  skein,
  type SkeinResult,
  submit,
  yamlFile,
} from "../support/run-skein.ts";
import { git, tempRepo } from "../support/temp-repo.ts";

type Turns = readonly (readonly ReturnType<typeof call>[])[];

const unit = (word: string): object => ({
  agent: { prompt: `Say ${word}`, scope: { write: ["a.txt", `${word}.txt`] } },
  verify: [{ run: `grep -q ${word} a.txt` }],
});

const says = (word: string): object =>
  conversation(
    `unit="${word}"`,
    [
      call("Read", { file_path: "a.txt" }),
      call("Edit", { file_path: "a.txt", old_string: "two", new_string: word }),
    ],
    [submit()],
  );

/** Two units that change one line of a file in different ways, each with a check of its own, and a third that is far off. */
async function conflict(
  first: Turns,
  second: Turns,
): Promise<{ readonly result: SkeinResult; readonly repo: string }> {
  const repo = tempRepo({
    "a.txt": "one\ntwo\nthree\n",
    "far.txt": "far\n",
    "left.txt": "left\n",
    ".gitattributes": "a.txt conflict-marker-size=12\n",
  });
  const plan = yamlFile("plan.yaml", {
    version: 1,
    name: "conflict",
    tasks: {
      far: { run: "echo farther > far.txt" },
      left: unit("left"),
      right: unit("right"),
      merge: {
        needs: ["far", "left", "right"],
        reduce: { from: ["far", "left", "right"], "on-conflict": "agent" },
      },
    },
  });
  const script = yamlFile("script.yaml", {
    conversations: [
      says("left"),
      says("right"),
      conversation("does not count", ...second),
      conversation("The change to bring in: right was to do: Say right", ...first),
    ],
  });
  const args = ["run", plan, "--repo", repo, "--script", script, "--json"];
  return { repo, result: await skein(args) };
}

function write(path: string, content: string): Turns[number] {
  return [call("Read", { file_path: path }), call("Write", { file_path: path, content })];
}

function textIn(repo: string, result: SkeinResult, path: string): string {
  return git(repo, "show", `${finishedOf(result).result?.branch ?? "none"}:${path}`);
}

test("an answer that fails a check of one side is sent back once, with what the check said", async () => {
  const { result, repo } = await conflict(
    [write("a.txt", "one\nright\nthree\n"), [submit()]],
    [write("a.txt", "one\nleft and right\nthree\n"), write("left.txt", "also\n"), [submit()]],
  );
  expect(result.exitCode, result.stderr).toBe(0);
  expect(textIn(repo, result, "a.txt")).toBe("one\nleft and right\nthree\n");
  // Within the scope of one side, if not in conflict.
  expect(textIn(repo, result, "left.txt")).toBe("also\n");
  expect(textIn(repo, result, "far.txt")).toBe("farther\n");
});

test("markers of whatever size are no answer: after two of them the unit is left out", async () => {
  const { result } = await conflict(
    [[submit()]],
    [write("a.txt", `one\nleft and right\n${">".repeat(12)} right\nthree\n`), [submit()]],
  );
  const { merged, notMerged } = finishedOf(result);
  expect(merged).toEqual(["far", "left"]);
  expect(notMerged.find(({ unit }) => unit === "right")?.reason).toBe(
    `the reducer left a conflict marker in a.txt: ${">".repeat(12)} right`,
  );
});
