import { invalid } from "../refusal.ts";
import type { Refusal } from "../refusal.ts";
import { place } from "../turns.ts";
import type { Placed, Turn } from "../turns.ts";
import type { Judged } from "./rule.ts";

/**
 * Every call is answered exactly once, in the user turn right after it and before anything else there; no result
 * answers a call that was not made there; no id is used twice in the conversation.
 */
export function checkToolPairs({ request, turns, mode }: Judged): Refusal | undefined {
  const seen = new Set<string>();
  const offered = new Set((request.tools ?? []).map((tool) => tool.name));
  for (const [index, turn] of turns.entries()) {
    const refusal =
      checkCalls(turn, seen) ??
      checkAnswers(turn, turns[index - 1]) ??
      checkAnswered(turn, turns[index + 1]) ??
      (mode === "lint" ? checkOffered(turn, offered) : undefined);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}

function callIds(turn: Turn | undefined): readonly string[] {
  if (turn?.role !== "assistant") return [];
  return turn.blocks.flatMap(({ block }) => (block.type === "tool_use" ? [block.id] : []));
}

function resultIds(turn: Turn | undefined): readonly string[] {
  if (turn?.role !== "user") return [];
  return turn.blocks.flatMap(({ block }) =>
    block.type === "tool_result" ? [block.tool_use_id] : [],
  );
}

function checkCalls(turn: Turn, seen: Set<string>): Refusal | undefined {
  for (const id of callIds(turn)) {
    if (seen.has(id))
      return invalid(`messages: \`tool_use\` ids must be unique; ${id} is used twice`);
    seen.add(id);
  }
  return undefined;
}

function checkAnswers(turn: Turn, before: Turn | undefined): Refusal | undefined {
  const calls = new Set(callIds(before));
  const answered = new Set<string>();
  let other: Placed | undefined;
  for (const placed of turn.blocks) {
    if (placed.block.type !== "tool_result") {
      other ??= placed;
      continue;
    }
    const id = placed.block.tool_use_id;
    if (!calls.has(id)) {
      return invalid(
        `${place(placed)}: unexpected \`tool_use_id\` found in \`tool_result\` blocks: ${id}. Each \`tool_result\` block must have a corresponding \`tool_use\` block in the previous message.`,
      );
    }
    if (answered.has(id)) {
      return invalid(
        `${place(placed)}: each tool_use must have a single result. Found multiple \`tool_result\` blocks with id: ${id}`,
      );
    }
    if (other !== undefined) {
      return invalid(
        `${place(placed)}: \`tool_result\` blocks must come before any other content of the message`,
      );
    }
    answered.add(id);
  }
  return undefined;
}

function checkAnswered(turn: Turn, after: Turn | undefined): Refusal | undefined {
  const results = new Set(resultIds(after));
  const open = callIds(turn).filter((id) => !results.has(id));
  return open.length === 0
    ? undefined
    : invalid(
        `messages.${turn.blocks.at(-1)?.message ?? 0}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${open.join(", ")}. Each \`tool_use\` block must have a corresponding \`tool_result\` block in the next message.`,
      );
}

/** A history that calls tools the request does not offer comes from a mixed-up context window. */
function checkOffered(turn: Turn, offered: ReadonlySet<string>): Refusal | undefined {
  const foreign = turn.blocks.find(
    ({ block }) => block.type === "tool_use" && !offered.has(block.name),
  );
  return foreign?.block.type === "tool_use"
    ? invalid(`${place(foreign)}: \`${foreign.block.name}\` is not among the request's tools`)
    : undefined;
}
