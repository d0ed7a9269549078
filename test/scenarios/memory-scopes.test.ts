import { expect, test } from "vitest";

import { memoryRepo } from "../support/memory-repo.ts";

test("what two scopes say of one thing holds in both, which is said when it is added, and by show", async () => {
  const { run, facts } = memoryRepo();
  const added = (text: string, scope: string) => run("memory", "add", text, "--scope", scope);
  await added("The port of web is 80", "user");
  expect((await added("The port of web is 81", "project")).stdout).toMatch(/81 \(user says 80\)$/m);
  await added("The port of web is 81", "agents/reviewer");
  const all = await facts();
  const idOf = (scope: string): string => all.find((one) => one.scope === scope)?.id ?? "?";
  expect(all.map(({ status }) => status)).toEqual(["active", "active", "active"]);
  const shown = await run("memory", "show", idOf("user"));
  expect(shown.stdout).toContain(
    "what other scopes say of it; of what is as sure, user comes before project, and that before agents\n" +
      `  ${idOf("project").slice(-8).toLowerCase()}  The port of web is 81 (project)\n` +
      `  ${idOf("agents/reviewer").slice(-8).toLowerCase()}  The port of web is 81 (agents/reviewer)\n`,
  );
  const { elsewhere } = JSON.parse(
    (await run("memory", "show", idOf("agents/reviewer"), "--json")).stdout,
  ) as { readonly elsewhere: unknown };
  expect(elsewhere).toEqual([{ id: idOf("user"), scope: "user", text: "The port of web is 80" }]);
});

test("nothing is said of what says the same, of another case, of several values at a time, or of other roles", async () => {
  const { run } = memoryRepo();
  const said: readonly (readonly [text: string, scope: string])[] = [
    ["The port of web is 80", "user"],
    ["The port of web is 80", "project"],
    ["The port of web is 81 on Windows", "project"],
    ["The maintainers of web are Ana", "user"],
    ["The maintainers of web are Ben", "project"],
    ["The port of api is 70", "agents/reviewer"],
    ["The port of api is 71", "agents/planner"],
  ];
  for (const [text, scope] of said)
    expect((await run("memory", "add", text, "--scope", scope)).stdout, text).not.toContain("says");
});
