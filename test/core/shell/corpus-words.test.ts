import { execFileSync } from "node:child_process";

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
