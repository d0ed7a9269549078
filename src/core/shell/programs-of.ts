import type { ShellNode } from "./script.ts";

/** The programs of every command of a script, at every depth, in order; what is known only when it runs is left out. */
export function programsOf(node: ShellNode): readonly string[] {
  switch (node.kind) {
    case "command": {
      const [program] = node.words;
      const own = program?.kind === "literal" ? [program.text] : [];
      return [...own, ...node.nested.flatMap(programsOf)];
    }
    case "subshell":
      return programsOf(node.node);
    case "function":
      return programsOf(node.body);
    case "redirected":
      return [...programsOf(node.node), ...node.nested.flatMap(programsOf)];
    default:
      return node.nodes.flatMap(programsOf);
  }
}
