import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";

import { judgeAwkProgram } from "../../../../src/core/shell/policy/programs/awk.ts";
import { judgeSedScript } from "../../../../src/core/shell/policy/programs/sed.ts";

/** Pieces that meet in unforeseen ways: what one reader takes for text, another takes for a command. */
const sedPieces =
  `/ \\ [ ] ^ $ , ; { } ! s y p d e w r W R 1 & # a i c b t T : x M I g | - = n q ~ + [^] [] \\/ \\] s/a/ s/x/y/ /a/ \\,x,`.split(
    " ",
  );
const sedMore = ["\n", " ", "w o", "e id", "1e id", "\ne id", ";e id", "r /etc/passwd"];
const awkPieces = [
  ...`/ " [ ] ( ) { } ; , 1 x a $ $1 ++ -- + - * = ~ ! ? : && || < > if(1) in do length } # /"/ "/" "\\"" /a/ /[/]/ /["]/ x= x/ x++/ )/ .5 \\/ []`.split(
    " ",
  ),
  ...'print |printf |return |else |\n|,\n|&&\n|#"\n|BEGIN{|END{|; |{'.split("|"),
  'system("touch HIT")',
  '> "HIT"',
  'print 1>"HIT"',
  '"touch HIT"|getline',
  '|"touch HIT"',
];
let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "skein-test-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Texts of pieces that a judge allows although they hold what could do harm. */
function allowedTexts(
  pieces: readonly string[],
  { isOdd, isAllowed }: Record<"isOdd" | "isAllowed", (text: string) => boolean>,
): readonly string[] {
  const text = fc
    .array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 12 })
    .map((parts) => parts.join(""));
  return fc
    .sample(text, { numRuns: 60_000, seed: 20_261_123 })
    .filter((one) => isOdd(one) && isAllowed(one))
    .slice(0, 150);
}

function run(program: string, ...words: readonly string[]): string {
  const env = { PATH: "/usr/bin:/bin", LC_ALL: "C" };
  const input = "a\nb\nx/y\n";
  const options = { cwd: folder, env, input, encoding: "latin1", timeout: 5_000 } as const;
  return spawnSync(program, words, options).stderr;
}

test("no sed script that is allowed runs, reads or writes: sed's own sandbox finds nothing in it", () => {
  const scripts = allowedTexts([...sedPieces, ...sedMore], {
    isOdd: (text) => /[ewrWR]/.test(text),
    isAllowed: (text) => judgeSedScript({ kind: "literal", text }).decision === "allow",
  });
  expect(scripts.length).toBeGreaterThan(50);
  const refused = scripts.filter((script) =>
    /sandbox/.test(run("sed", "--sandbox", "-n", "--", script)),
  );
  expect(refused).toEqual([]);
  expect(run("sed", "--sandbox", "t\ne")).toMatch(/sandbox/);
});

test("no awk program that is allowed leaves a trace of what it holds as text", () => {
  const programs = allowedTexts(awkPieces, {
    isOdd: (text) => text.includes("HIT"),
    isAllowed: (text) => judgeAwkProgram({ kind: "literal", text }).decision === "allow",
  });
  expect(programs.length).toBeGreaterThan(20);
  for (const program of programs) run("awk", program);
  expect(readdirSync(folder)).toEqual([]);
  run("awk", 'BEGIN{print 1 > "HIT"}');
  expect(readdirSync(folder)).toEqual(["HIT"]);
});
