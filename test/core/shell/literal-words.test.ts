import { execFileSync } from "node:child_process";

import fc from "fast-check";
import { afterAll, expect, test } from "vitest";

import { readScript } from "../../../src/core/shell/read-script.ts";
import type { ShellNode, SimpleCommand } from "../../../src/core/shell/script.ts";
import { createCorpusProject } from "./corpus/corpus-project.ts";
import { readCorpus } from "./corpus/read-corpus.ts";

const project = createCorpusProject();
afterAll(project.remove);

/** The only command of a text that is nothing but one command. */
function onlyCommand(node: ShellNode): SimpleCommand | undefined {
  if (node.kind === "sequence") {
    const [only, ...others] = node.nodes;
    return only === undefined || others.length > 0 ? undefined : onlyCommand(only);
  }
  const alone =
    node.kind === "command" && [node.assignments, node.redirections, node.nested].every(isEmpty);
  return alone ? node : undefined;
}

function isEmpty(list: readonly unknown[]): boolean {
  return list.length === 0;
}

test("literal words of benign lines are the words that bash makes of them", () => {
  const scene = project.scene();
  const compared = [...readCorpus("benign"), ...readCorpus("ordinary")].flatMap((line) => {
    const text = project.fill(line);
    // Behind printf, `time` is a word and a comment's next line is a command of its own.
    if (/^(?:time |#)|\n/.test(text)) return [];
    const read = readScript(text, { home: scene.home });
    const command = read.kind === "read" ? onlyCommand(read.script.node) : undefined;
    if (command === undefined) return [];
    const words = command.words.flatMap((word) => (word.kind === "literal" ? [word.text] : []));
    if (words.length < command.words.length) return [];
    // One command without redirections or substitutions: with printf in front nothing of it runs.
    const said = execFileSync("bash", ["--noprofile", "--norc", "-c", `printf '%s\\0' ${text}`], {
      cwd: project.root,
      env: { HOME: scene.home, PATH: "/usr/bin:/bin" },
      encoding: "utf8",
    });
    return [{ text, words, bash: said.split("\0").slice(0, -1) }];
  });
  expect(compared.length).toBeGreaterThan(300);
  expect(compared.filter(({ words, bash }) => words.join("\0") !== bash.join("\0"))).toEqual([]);
});

const plain = fc.constantFrom(...Array.from("abzAZ09_./:@%+,-=^éß日本"));
const anything = fc.constantFrom(...Array.from("aZ0 \t!#&()*;<>?[]^{|}~$`'\"\\é日-="));
const pieces = {
  plain: fc.array(plain, { minLength: 1, maxLength: 6 }).map((all) => all.join("")),
  escaped: anything.map((one) => `\\${one}`),
  single: fc
    .array(fc.oneof(anything, fc.constant("\n")))
    .map((all) => `'${all.join("").replaceAll("'", "")}'`),
  double: fc
    .array(
      fc.oneof(
        anything.filter((one) => !'$`"\\'.includes(one)),
        fc.constantFrom("\\$", "\\`", '\\"', "\\\\", "\\n", "\\\n", "\\'", "\n"),
      ),
    )
    .map((all) => `"${all.join("")}"`),
  ansi: fc
    .array(
      fc.oneof(
        anything.filter((one) => !"'\\".includes(one)),
        fc.constantFrom("\\'", "\\\\", "\\n", "\\t", "\\e", '\\"', "\\?", "\\a", "\\cA"),
        fc.constantFrom(
          "\\x41",
          "\\x7",
          "\\101",
          "\\7",
          "\\u00e9",
          "\\u65e5",
          "\\U0001F600",
          "\\q",
        ),
      ),
    )
    .map((all) => `$'${all.join("")}'`),
  continued: fc.constant("\\\n"),
  brace: fc.constantFrom("{}", "{a}", "a{b", "}", "=~", "a~", "#a"),
};
/** A word of literal pieces side by side; it begins with one that does not make it a comment, an option or an assignment. */
const literalWord = fc
  .tuple(
    fc.constantFrom("x", "''", '""', "\\a"),
    fc.array(fc.oneof(...Object.values(pieces)), { maxLength: 6 }),
  )
  .map(([first, rest]) => first + rest.join(""));

test("ten thousand literal words are read as bash reads them", () => {
  const words = fc.sample(literalWord, { numRuns: 10_000, seed: 20_261_123 });
  const read = words.map((word) => {
    const script = readScript(`: ${word}`, { home: "/h" });
    const command = script.kind === "read" ? onlyCommand(script.script.node) : undefined;
    const [, ours, ...more] = command?.words ?? [];
    return ours?.kind === "literal" && more.length === 0 ? ours.text : undefined;
  });
  const said = execFileSync("bash", ["--noprofile", "--norc"], {
    input: words.map((word) => `printf '%s\\0' ${word}\n`).join(""),
    env: { PATH: "/usr/bin:/bin", LC_ALL: "C.UTF-8" },
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  }).split("\0");
  const compared = words.flatMap((word, index) =>
    read[index] === undefined ? [] : [{ word, ours: read[index], bash: said[index] }],
  );
  // What is not known byte for byte is asked about, which is safe; but if much were, this would compare nothing.
  expect(compared.length).toBeGreaterThan(9_000);
  expect(compared.filter(({ ours, bash }) => ours !== bash)).toEqual([]);
});
