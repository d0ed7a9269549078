import fc from "fast-check";
import { afterAll, expect, test } from "vitest";

import { loadSecondOpinion } from "../../../src/adapters/shell/load-second-opinion.ts";
import { judgeScript } from "../../../src/core/shell/judge-script.ts";
import { readScript } from "../../../src/core/shell/read-script.ts";
import type { ShellNode } from "../../../src/core/shell/script.ts";
import type { ShellDecision } from "../../../src/core/shell/verdict.ts";
import { createCorpusProject } from "./corpus/corpus-project.ts";
import { readCorpus } from "./corpus/read-corpus.ts";

const project = createCorpusProject();
afterAll(project.remove);
const scene = project.scene();
const secondOpinion = await loadSecondOpinion();

/** Builtins that leave something behind in the shell, so that what follows is another command than it would be alone. */
const leaves = new Set(
  "cd pushd popd set shopt export declare typeset readonly local unset alias unalias exec exit return trap eval source . read mapfile readarray printf getopts hash enable umask wait".split(
    " ",
  ),
);

/** One command or one pipeline that can stand in a list: it ends where its line ends, and leaves nothing behind. */
function standsAlone(text: string): boolean {
  const read = readScript(text, { home: scene.home });
  if (read.kind !== "read" || /[\n#]|<<|[\\&;]\s*$|^\s*[!{]/.test(text)) return false;
  return isPlain(read.script.node, true);
}

function isPlain(node: ShellNode, isAlone: boolean): boolean {
  if (node.kind === "pipeline") return isAlone && node.nodes.every((one) => isPlain(one, false));
  if (node.kind === "subshell") return !isAlone && isPlain(node.node, false);
  const [program] = node.kind === "command" ? node.words : [];
  return program?.kind === "literal" && !leaves.has(program.text);
}

const lines = ["benign", "ordinary", "hostile"].flatMap((name) =>
  readCorpus(name)
    .filter(({ cwd }) => cwd === undefined)
    .map((line) => project.fill(line))
    .filter(standsAlone),
);
const rank: Readonly<Record<ShellDecision, number>> = { allow: 0, ask: 1, deny: 2 };

function decision(text: string): ShellDecision {
  return judgeScript(text, { scene, secondOpinion }).decision;
}

/** Lines are drawn again and again; each is judged once. */
const alone = new Map<string, ShellDecision>();
function decisionAlone(line: string): ShellDecision {
  const held = alone.get(line) ?? decision(line);
  alone.set(line, held);
  return held;
}

test("a list is judged as the strictest of its parts, however they are joined", () => {
  expect(lines.length).toBeGreaterThan(2_000);
  const line = fc.constantFrom(...lines);
  const join = fc.constantFrom(
    (a: string, b: string) => `${a} ; ${b}`,
    (a: string, b: string) => `${a} && ${b}`,
    (a: string, b: string) => `${a} || ${b}`,
    (a: string, b: string) => `${a}\n${b}`,
    (a: string, b: string) => `{ ${a}; ${b}; }`,
    (a: string, b: string) => `( ${a}; ${b} )`,
  );
  fc.assert(
    fc.property(line, line, join, (a, b, joined) => {
      const parts = [decisionAlone(a), decisionAlone(b)];
      const strictest = parts.toSorted((x, y) => rank[y] - rank[x])[0];
      expect(decision(joined(a, b))).toBe(strictest);
    }),
    { numRuns: 3_000 },
  );
});
