import { parse, type ParsedScript } from "unbash";

import { preGate } from "./pre-gate.ts";
import { type Reading, readNodes } from "./read-node.ts";
import type { ShellScript } from "./script.ts";

export type ReadScript =
  | { readonly kind: "read"; readonly script: ShellScript }
  /** Not parsed whole, so nothing of it can be allowed. */
  | { readonly kind: "not-read"; readonly reasons: readonly string[] };

export interface ReadOptions {
  readonly home: string;
  /** The files a pattern stands for in the folder the text starts in. */
  readonly filesOf?: ((pattern: string) => readonly string[] | undefined) | undefined;
}

/** Reads shell text as bash would, without running anything. Never throws for any text. */
export function readScript(text: string, options: ReadOptions): ReadScript {
  const odd = preGate(text);
  if (odd.length > 0) return { kind: "not-read", reasons: odd };
  try {
    const parsed = parse(text);
    const problem = firstProblem(parsed);
    if (problem !== undefined) return { kind: "not-read", reasons: [`not parsed: ${problem}`] };
    const reading: Reading = {
      filesOf: options.filesOf,
      moved: false,
      text,
      home: options.home,
      problem: undefined,
      literal: true,
      nodes: 0,
    };
    const node = readNodes(reading, parsed);
    return reading.problem === undefined
      ? { kind: "read", script: { node, literal: reading.literal } }
      : { kind: "not-read", reasons: [`not parsed: ${reading.problem}`] };
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    return { kind: "not-read", reasons: [`not parsed: ${said}`] };
  }
}

function firstProblem(script: ParsedScript): string | undefined {
  if (script.shebang !== undefined) return "a first line that names a program";
  return script.errors?.[0]?.message;
}
