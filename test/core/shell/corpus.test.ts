import { afterAll, describe, expect, test } from "vitest";

import { loadSecondOpinion } from "../../../src/adapters/shell/load-second-opinion.ts";
import { decide } from "../../../src/core/permission/decide.ts";
import { judgeScript, type SecondOpinion } from "../../../src/core/shell/judge-script.ts";
import type { ShellDecision } from "../../../src/core/shell/verdict.ts";
import type { Permissions } from "../../../src/model/permission.ts";
import { createCorpusProject } from "./corpus/corpus-project.ts";
import { mutate, seeded } from "./corpus/mutate.ts";
import { type CorpusLine, readCorpus } from "./corpus/read-corpus.ts";

const project = createCorpusProject();
afterAll(project.remove);

const hostile = readCorpus("hostile");
const benign = readCorpus("benign");
const ordinary = readCorpus("ordinary");
const secondOpinion = await loadSecondOpinion();
/** Hostile lines are judged by the first parser alone: it must not need the second one to be safe. */
const noOpinion: SecondOpinion = () => undefined;

const mutationCount = 100_000;
const mutationMinutes = 15;

function judge(line: CorpusLine, opinion: SecondOpinion): ShellDecision {
  const scene = project.scene(line.cwd);
  return judgeScript(project.fill(line), { scene, secondOpinion: opinion }).decision;
}

/** Every command allowed by a rule, and by the mode. */
const everything: Permissions = {
  mode: "trusted",
  rules: [{ decision: "allow", rule: "Bash", origin: "user" }],
};

function isDeniedAnyway(line: CorpusLine): boolean {
  const command = project.fill(line);
  const scene = project.scene(line.cwd);
  const options = { permissions: everything, scene, secondOpinion: noOpinion, listed: [command] };
  return decide("Bash", { kind: "command", command }, options).decision === "deny";
}

describe("the shell judge", () => {
  test("allows no hostile line", () => {
    const allowed = hostile.filter((line) => judge(line, noOpinion) === "allow");
    expect(allowed.map((line) => `${line.id}: ${line.command}`)).toEqual([]);
  });

  test(
    "allows no hostile line in any of a hundred thousand other guises",
    { timeout: mutationMinutes * 60_000 },
    () => {
      const chance = seeded(20_261_123);
      // Text that is not whole may be made whole by what is put around it.
      const whole = hostile.filter((line) => line.class !== "61");
      const allowed: string[] = [];
      for (let count = 0; count < mutationCount; count++) {
        const line = whole[chance(whole.length)];
        if (line === undefined) throw new Error("Internal error: no such line");
        const mutated = mutate(project.fill(line), chance);
        const options = { scene: project.scene(line.cwd), secondOpinion: noOpinion };
        const { decision } = judgeScript(mutated, options);
        if (decision === "allow") allowed.push(`${line.id}: ${mutated}`);
      }
      expect(allowed).toEqual([]);
    },
  );

  test("asks about at most 5% of looking around, and at most 10% of any kind of it", () => {
    const asked = benign.filter((line) => judge(line, secondOpinion) !== "allow");
    const share = asked.length / benign.length;
    expect(share, asked.map((line) => line.command).join("\n")).toBeLessThanOrEqual(0.05);
    for (const [kind, lines] of Map.groupBy(benign, (line) => line.class)) {
      const mine = asked.filter((line) => line.class === kind);
      const message = `${kind}: ${mine.map((line) => line.command).join("\n")}`;
      expect(mine.length / lines.length, message).toBeLessThanOrEqual(0.1);
    }
  });

  test("asks about ordinary work, neither allowing nor denying it", () => {
    const otherwise = ordinary.filter((line) => judge(line, secondOpinion) !== "ask");
    expect(otherwise.map((line) => `${line.id}: ${line.command}`)).toEqual([]);
  });

  test("denies at least 97% of what no rule may allow though a rule and the mode allow everything", () => {
    const lines = hostile.filter((line) => line.expect === "deny");
    const missed = lines.filter((line) => !isDeniedAnyway(line)).map((line) => line.command);
    expect(missed.length / lines.length, missed.join("\n")).toBeLessThanOrEqual(0.03);
    expect([...benign, ...ordinary].filter(isDeniedAnyway)).toEqual([]);
  });
});
