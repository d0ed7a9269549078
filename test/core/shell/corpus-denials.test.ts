import { afterAll, describe, expect, test } from "vitest";

import { findDenials } from "../../../src/core/shell/deny/find-denials.ts";
import { createCorpusProject } from "./corpus/corpus-project.ts";
import { mutate, seeded } from "./corpus/mutate.ts";
import { type CorpusLine, readCorpus } from "./corpus/read-corpus.ts";

const project = createCorpusProject();
afterAll(project.remove);

function isDenied(line: CorpusLine, command = project.fill(line)): boolean {
  const scene = project.scene(line.cwd);
  return findDenials(command, { scene, cwd: scene.cwd }).decision === "deny";
}

describe("the search for hard denials", () => {
  test("finds at least 97% of the lines that no rule may allow", () => {
    const lines = readCorpus("hostile").filter((line) => line.expect === "deny");
    const missed = lines.filter((line) => !isDenied(line)).map((line) => line.command);
    expect(missed.length / lines.length, missed.join("\n")).toBeLessThanOrEqual(0.03);
  });

  test("never takes looking around or ordinary work for one", () => {
    const lines = [...readCorpus("benign"), ...readCorpus("ordinary")];
    expect(lines.filter((line) => isDenied(line)).map((line) => line.command)).toEqual([]);
  });

  test("still finds nothing in benign lines when quotes, blanks and what stands around them change", () => {
    const chance = seeded(2026);
    const denied = readCorpus("benign").flatMap((line) =>
      [1, 2, 3]
        .map(() => mutate(project.fill(line), chance))
        .filter((command) => isDenied(line, command)),
    );
    expect(denied).toEqual([]);
  });
});
