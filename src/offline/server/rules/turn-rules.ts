import { invalid } from "../refusal.ts";
import type { Refusal } from "../refusal.ts";
import { place } from "../turns.ts";
import type { Turn } from "../turns.ts";
import type { Judged, Rule } from "./rule.ts";

/** Which blocks a turn of each role may hold. */
const allowed: Readonly<Record<Turn["role"], ReadonlySet<string>>> = {
  user: new Set(["text", "image", "document", "tool_result", "compaction"]),
  assistant: new Set(["text", "tool_use", "thinking", "redacted_thinking", "compaction"]),
  system: new Set(["text"]),
};

const startsWithUser: Rule = ({ turns }) =>
  turns[0]?.role === "user" || turns[0]?.blocks[0]?.block.type === "compaction"
    ? undefined
    : invalid('messages: first message must use the "user" role');

const alternates: Rule = ({ request, mode }) => {
  if (mode === "faithful") return undefined;
  const again = request.messages.findIndex(
    (message, index) =>
      index > (isSummary(request.messages[0]) ? 1 : 0) &&
      request.messages[index - 1]?.role === message.role,
  );
  return again === -1
    ? undefined
    : invalid(
        `messages.${again}: roles must alternate; two "${request.messages[again]?.role}" in a row`,
      );
};

/** A summary in a message of its own stands for messages of both roles. */
function isSummary(message: Judged["request"]["messages"][number] | undefined): boolean {
  const content = message?.content;
  return Array.isArray(content) && content.length === 1 && content[0]?.type === "compaction";
}

const hasContent: Rule = ({ request }) => {
  const last = request.messages.length - 1;
  const empty = request.messages.findIndex(
    (message, index) =>
      message.content.length === 0 && !(index === last && message.role === "assistant"),
  );
  return empty === -1
    ? undefined
    : invalid(
        `messages.${empty}: all messages must have non-empty content except for the optional final assistant message`,
      );
};

const blocksFitRole: Rule = ({ turns }) => {
  for (const turn of turns) {
    const wrong = turn.blocks.find(({ block }) => !allowed[turn.role].has(block.type));
    if (wrong !== undefined) {
      return invalid(
        `${place(wrong)}: \`${wrong.block.type}\` blocks are not permitted in ${turn.role} messages`,
      );
    }
  }
  return undefined;
};

const noPrefill: Rule = ({ request, turns, model, mode, continuesPause }) => {
  const last = turns.at(-1);
  // What is to be summed up may end with an answer, and a summary alone stands for a user's turn too.
  const isWhole = request.compaction != null || last?.blocks.at(-1)?.block.type === "compaction";
  if (last?.role !== "assistant" || continuesPause || isWhole) return undefined;
  if (mode === "lint" || model.generation >= 4.6) {
    return invalid(
      "This model does not support assistant message prefill. The conversation must end with a user message.",
    );
  }
  const end = last.blocks.at(-1)?.block;
  return end?.type === "text" && /\s$/.test(end.text)
    ? invalid("messages: final assistant content cannot end with trailing whitespace")
    : undefined;
};

/** Instructions in mid-conversation: after a user turn, then an assistant turn or nothing. */
const systemTurns: Rule = ({ turns, model }) => {
  const index = turns.findIndex((turn) => turn.role === "system");
  const turn = turns[index];
  if (turn === undefined) return undefined;
  const where = `messages.${turn.blocks[0]?.message ?? 0}`;
  if (!model.systemMessages) {
    return invalid(
      `${where}: role "system" is not supported on ${model.id}; use the top-level system`,
    );
  }
  return systemTurnOutOfPlace(turns)
    ? invalid(
        `${where}: a system message must follow a user message and be last or precede an assistant message`,
      )
    : undefined;
};

function systemTurnOutOfPlace(turns: readonly Turn[]): boolean {
  return turns.some((turn, index) => {
    if (turn.role !== "system") return false;
    const next = turns[index + 1];
    return turns[index - 1]?.role !== "user" || (next !== undefined && next.role !== "assistant");
  });
}

const rules: readonly Rule[] = [
  startsWithUser,
  hasContent,
  alternates,
  blocksFitRole,
  systemTurns,
  noPrefill,
];

/** Roles, their order, and what may stand in a message of each. */
export function checkTurns(judged: Judged): Refusal | undefined {
  for (const rule of rules) {
    const refusal = rule(judged);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}
