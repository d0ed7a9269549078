import { createRequire } from "node:module";

import { Language, type Node, Parser } from "web-tree-sitter";

import type { SecondOpinion } from "../../core/shell/judge-script.ts";
import { programsOf } from "../../core/shell/programs-of.ts";

/** A parser written by other people, in another language: text that both read alike hides nothing from either. */
export async function loadSecondOpinion(): Promise<SecondOpinion> {
  await Parser.init();
  const require = createRequire(import.meta.url);
  const bash = await Language.load(require.resolve("tree-sitter-bash/tree-sitter-bash.wasm"));
  const parser = new Parser();
  parser.setLanguage(bash);
  return (text, script) => {
    const tree = parser.parse(text);
    if (tree === null) return "it does not parse";
    try {
      if (tree.rootNode.hasError) return "it does not parse";
      const programs = new Set(programsOf(script.node));
      // `time` is a keyword to the first parser, and a program to this one.
      const hidden = [...namesIn(tree.rootNode)].find(
        (name) => !programs.has(name) && name !== "time",
      );
      return hidden === undefined ? undefined : `it would run ${hidden}`;
    } finally {
      tree.delete();
    }
  };
}

/** Programs of every command at every depth, quotes taken off where nothing else is in the word. */
function namesIn(root: Node): ReadonlySet<string> {
  return new Set(
    root
      .descendantsOfType("command_name")
      .flatMap((node) => (node === null ? [] : [withoutQuotes(node.text)])),
  );
}

function withoutQuotes(text: string): string {
  const [, , inner = text] = /^(['"])([\w./-]+)\1$/.exec(text) ?? [];
  return inner.replaceAll(/\\(.)/gs, "$1");
}
