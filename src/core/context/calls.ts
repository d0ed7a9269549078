import type Anthropic from "@anthropic-ai/sdk";

import type { Block, ContextEntry, ShownResult } from "./entry.ts";

/** One call with its result. */
export interface MadeCall {
  /** Index of the entry that holds the result. */
  readonly at: number;
  readonly id: string;
  readonly tool: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly about: string;
  readonly text: string;
  readonly isError: boolean;
  readonly result: ShownResult;
}

/** All calls with their results between two entries, in order. */
export function callsIn(
  entries: readonly ContextEntry[],
  { from, to }: { readonly from: number; readonly to: number },
): readonly MadeCall[] {
  const inputs = new Map<string, unknown>();
  const calls: MadeCall[] = [];
  for (const [index, entry] of entries.slice(from, to + 1).entries()) {
    if (entry.kind === "reply") noteInputs(inputs, entry.blocks);
    else if (entry.kind === "results") {
      calls.push(...entry.results.map((result) => madeCall(result, { at: from + index, inputs })));
    }
  }
  return calls;
}

function noteInputs(inputs: Map<string, unknown>, blocks: readonly Block[]): void {
  for (const block of blocks) if (block.type === "tool_use") inputs.set(block.id, block.input);
}

function madeCall(
  result: ShownResult,
  { at, inputs }: { readonly at: number; readonly inputs: ReadonlyMap<string, unknown> },
): MadeCall {
  const { tool, about, block } = result;
  const id = block.tool_use_id;
  const input = (inputs.get(id) ?? {}) as MadeCall["input"];
  return {
    at,
    id,
    tool,
    input,
    about,
    text: textOf(block),
    isError: block.is_error === true,
    result,
  };
}

export function textOf({ content }: Anthropic.ToolResultBlockParam): string {
  if (typeof content === "string") return content;
  return (content ?? []).flatMap((block) => (block.type === "text" ? [block.text] : [])).join("\n");
}

const errorLine = /error|fail|panic|exception|assert|not ok|cannot|refused/i;
const lineCharsMax = 200;

/** The line of an output that says most about how it went: its first error, or its last line. */
export function outcomeLine(text: string): string {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const line = lines.find((one) => errorLine.test(one.slice(0, 1_000))) ?? lines.at(-1) ?? "";
  return line.trim().slice(0, lineCharsMax).toWellFormed();
}
