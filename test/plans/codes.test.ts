import { globSync, readFileSync } from "node:fs";

import { expect, test } from "vitest";

/** `E-YAML-SYNTAX` `-TAB` … in the table: a code may be named by its last part. */
function isDocumented(code: string, text: string): boolean {
  const [, , ...rest] = code.split("-");
  return (
    text.includes(`\`${code}\``) || (rest.length > 0 && text.includes(`\`-${rest.join("-")}\``))
  );
}

test("every code that a plan can get is in plans/README.md", () => {
  const text = readFileSync("plans/README.md", "utf8");
  const codes = globSync("src/core/plan/*.ts").flatMap(
    (file) => readFileSync(file, "utf8").match(/(?<=")[EW]-[A-Z]+(?:-[A-Z0-9]+)*(?=")/g) ?? [],
  );
  expect([...new Set(codes)].filter((code) => !isDocumented(code, text))).toEqual([]);
});
