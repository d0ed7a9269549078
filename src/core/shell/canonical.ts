import type { ShellNode, ShellRedirection, ShellWord } from "./script.ts";

/**
 * A literal script written anew, every word in single quotes: what runs is then what was judged, however bash would
 * have read the text. Undefined for what is not made of literal words in lists and pipes.
 */
export function canonical(node: ShellNode): string | undefined {
  switch (node.kind) {
    case "command": {
      if (node.assignments.length > 0 || node.nested.length > 0) return undefined;
      return joined([...node.words.map(quotedWord), ...node.redirections.map(redirection)], " ");
    }
    case "pipeline":
      return joined(node.nodes.map(canonical), " | ");
    case "sequence": {
      const parts = node.nodes.map(canonical);
      return parts.reduce((text, part, index) => {
        if (text === undefined || part === undefined) return undefined;
        if (index === 0) return part;
        const join = node.joins[index - 1] ?? ";";
        return join === ";" ? `${text}\n${part}` : `${text} ${join} ${part}`;
      }, "");
    }
    default:
      return undefined;
  }
}

function redirection({ fd, operator, target }: ShellRedirection): string | undefined {
  if (operator === "<<" || operator === "<<<") return undefined;
  const word = quotedWord(target);
  return word === undefined ? undefined : `${fd ?? ""}${operator} ${word}`;
}

function quotedWord(word: ShellWord): string | undefined {
  return word.kind === "literal" ? `'${word.text.replaceAll("'", "'\\''")}'` : undefined;
}

function joined(parts: readonly (string | undefined)[], by: string): string | undefined {
  return parts.includes(undefined) ? undefined : parts.join(by);
}
