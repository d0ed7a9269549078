import { readFileSync } from "node:fs";

import { expect, test } from "vitest";

import { skein } from "../support/run-skein.ts";

const readme = readFileSync("README.md", "utf8");

test("the README shows the help as it is", async () => {
  const { stdout } = await skein(["--help"]);
  expect(readme).toContain(`\`\`\`\n${stdout.trimEnd()}\n\`\`\``);
});

test("every file the README points to is there", () => {
  const targets = [...readme.matchAll(/\]\(([\w./-]+)\)/g)].map((match) => match[1] ?? "");
  expect(targets.length).toBeGreaterThan(4);
  for (const target of targets) expect(() => readFileSync(target)).not.toThrow();
});

test(".ci/run runs the README's test command", () => {
  const command = "npm ci && npm test";
  expect(readme).toContain(command);
  expect(readFileSync(".ci/run", "utf8").trimEnd().split("\n").at(-1)).toBe(command);
});
