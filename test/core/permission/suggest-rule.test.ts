import fc from "fast-check";
import { afterAll, expect, test } from "vitest";

import { decide } from "../../../src/core/permission/decide.ts";
import { suggestRule } from "../../../src/core/permission/suggest-rule.ts";
import { judgeScript, type Judgement } from "../../../src/core/shell/judge-script.ts";
import type { Permissions } from "../../../src/model/permission.ts";
import { createCorpusProject } from "../shell/corpus/corpus-project.ts";
import { readCorpus } from "../shell/corpus/read-corpus.ts";

const project = createCorpusProject();
afterAll(project.remove);
const scene = project.scene();
const secondOpinion = (): undefined => undefined;

function judged(command: string): Judgement {
  return judgeScript(command, { scene, secondOpinion });
}

test.each([
  ["npm test", "Bash(npm test:*)"],
  ["npm run test -- --watch=false", "Bash(npm run test:*)"],
  ["cargo test --workspace", "Bash(cargo test:*)"],
  ["pytest -q tests", "Bash(pytest:*)"],
  ["make lint", "Bash(make lint:*)"],
])("%s is suggested as %s", (command, rule) => {
  expect(suggestRule("Bash", judged(command))).toBe(rule);
});

test.each([
  "git push",
  "sudo npm test",
  "env npm test",
  "node a.js",
  "python3 -c 1",
  "npx thing",
  "npm exec thing",
  "npm run",
  "npm run $X",
  "npm test > out",
  "CI=1 npm test",
  "npm test; rm -rf x",
  "npm test | tee log",
  "npm test $(id)",
  "make -f other.mk",
  "rm -rf node_modules",
  'npm "run" "a b"',
  "cargo run",
])("for %s no rule is suggested", (command) => {
  expect(suggestRule("Bash", judged(command))).toBeUndefined();
});

test("a suggested rule allows the command it came from", () => {
  const words = fc.constantFrom(
    "npm",
    "run",
    "test",
    "make",
    "lint",
    "cargo",
    "-q",
    "a.ts",
    "pytest",
  );
  fc.assert(
    fc.property(fc.array(words, { minLength: 1, maxLength: 5 }), (said) => {
      const command = said.join(" ");
      const rule = suggestRule("Bash", judged(command));
      fc.pre(rule !== undefined);
      const permissions: Permissions = {
        mode: "accept-edits",
        rules: [{ decision: "allow", rule, origin: "command line" }],
      };
      const options = { permissions, scene, secondOpinion, listed: [] };
      expect(decide("Bash", { kind: "command", command }, options).decision).toBe("allow");
    }),
  );
});

test("no rule that is suggested for an ordinary line allows a hostile one", () => {
  const rules = new Set(
    ["benign", "ordinary"].flatMap((name) =>
      readCorpus(name as "benign").flatMap(
        ({ command }) => suggestRule("Bash", judged(command)) ?? [],
      ),
    ),
  );
  expect(rules.size).toBeGreaterThan(10);
  const permissions: Permissions = {
    mode: "accept-edits",
    rules: [...rules].map((rule) => ({ decision: "allow", rule, origin: "command line" })),
  };
  const options = { permissions, scene, secondOpinion, listed: [] };
  // Class 46 is those very programs: they ask, and a rule is how a person says yes.
  const allowed = readCorpus("hostile").filter(
    ({ class: kind, command }) =>
      kind !== "46" &&
      decide("Bash", { kind: "command", command }, options).decision === "allow" &&
      judged(command).decision !== "allow",
  );
  expect(allowed.map(({ command }) => command)).toEqual([]);
});
