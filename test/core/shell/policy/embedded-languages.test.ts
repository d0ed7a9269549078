import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, expect, test } from "vitest";

import { judgeAwkProgram } from "../../../../src/core/shell/policy/programs/awk.ts";
import { judgeSedScript } from "../../../../src/core/shell/policy/programs/sed.ts";

/** Programs tried for real in one test; those in front are tried first. */
const triedMax = 250;
let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "skein-test-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Every text made of one piece of each list, in order. */
function texts(...lists: readonly (readonly string[])[]): readonly string[] {
  return lists.reduce<readonly string[]>(
    (all, pieces) => all.flatMap((text) => pieces.map((piece) => text + piece)),
    [""],
  );
}

function run(program: string, ...words: readonly string[]): string {
  const env = { PATH: "/usr/bin:/bin", LC_ALL: "C" };
  const input = "a\nb\nx/y\n";
  const options = { cwd: folder, env, input, encoding: "latin1", timeout: 5_000 } as const;
  return spawnSync(program, words, options).stderr;
}

test("no sed script that is allowed runs, reads or writes: sed's own sandbox finds nothing in it", () => {
  const before =
    "p|d|n|q|q1|b|t|T|bx|b x|: x|:x|=|}|{|1|1,2|$|/a/|/[/]/|/[]/|/[^]/]/|/\\]/|\\,a,|\\,[,],|0~2|!|#|#n|a x|a\\|i|c\\ x|s/a/b/|s/a/b/g|s/a|s/a/b|s/[/]/|s/\\//|s,a,b,|s,[,],|s]a]b]|y/a/b/|y/a/|y/[/]/".split(
      "|",
    );
  const between = ["\n", ";", "}", " ", "", "\\\n", "/", "\t", ",", "!", "\n\n", "#", "\\"];
  const scripts = texts(before, between, ["e", "e id", "w o", "r o", "we", "s/a/b/e", "s/a/b/w o"])
    .filter((text) => judgeSedScript({ kind: "literal", text }).decision === "allow")
    .slice(0, triedMax);
  expect(scripts.length).toBeGreaterThan(20);
  const refused = scripts.filter((script) =>
    /sandbox/.test(run("sed", "--sandbox", "-n", "--", script)),
  );
  expect(refused).toEqual([]);
  expect(run("sed", "--sandbox", "t\ne")).toMatch(/sandbox/);
});

test("no awk program that is allowed leaves a trace of what it holds as text", () => {
  // What stands in front of a slash decides whether it divides or begins a pattern, and so where a text begins.
  const front =
    'print |printf |return |exit |else |x=|x |1 |"a" |(1) |if (1) |while (0) |for (;0;) |x++ |x-- |$|$1 |!|x~|a[1] |length |1 in |/a/ |-|1+|;|x?1:|1,'.split(
      "|",
    );
  const turn = ['/"/', '/ "a/ + "', '/[/]/ "]/', '/[]/ "]/', '/\\"/', '/[[:]/ "]/', "/=/", '/="/'];
  const end = ['print /"/', 'y="b" #"\n', '/"/', "", '1 / "b/ + "', '"'];
  const calls = [';system("touch HIT");', ';print 1>"HIT";'];
  const hidden = texts(["BEGIN{"], front, turn, calls, end, ["}"]);
  const newlines = texts(
    ["BEGIN{print 1"],
    [",", "&&", "||", ",#\n", ", #>\n\n", "", ";"],
    ["\n", "\n\n"],
    ['2>"HIT"}', '(2)>"HIT"}', '2>>"HIT";}'],
  );
  const programs = [...newlines, ...hidden]
    .filter((text) => judgeAwkProgram({ kind: "literal", text }).decision === "allow")
    .slice(0, triedMax);
  expect(programs.length).toBeGreaterThan(10);
  const traced = programs.filter((program) => {
    run("awk", program);
    const files = readdirSync(folder);
    for (const file of files) rmSync(join(folder, file));
    return files.length > 0;
  });
  expect(traced).toEqual([]);
  run("awk", 'BEGIN{print 1 > "HIT"}');
  expect(readdirSync(folder)).toEqual(["HIT"]);
});
