import { afterAll, describe, expect, test } from "vitest";

import { judgeScript } from "../../../src/core/shell/judge-script.ts";
import { allPolicies } from "../../../src/core/shell/policy/programs/policies.ts";
import { createCorpusProject } from "./corpus/corpus-project.ts";

const project = createCorpusProject();
const options = { scene: project.scene(), secondOpinion: () => undefined };
afterAll(project.remove);

describe.each(allPolicies.map((policy) => [policy.names.join(", "), policy] as const))(
  "%s",
  (_names, { allow, notAllow }) => {
    test("its own examples hold", () => {
      const verdicts = [...allow, ...notAllow].map((command) => [
        command,
        judgeScript(command, options).decision === "allow",
      ]);
      expect(verdicts).toEqual([
        ...allow.map((command) => [command, true]),
        ...notAllow.map((command) => [command, false]),
      ]);
    });
  },
);

test("there are policies for at least 70 programs, each known by one name to one of them", () => {
  const names = allPolicies.flatMap((policy) => policy.names);
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeGreaterThanOrEqual(70);
});
