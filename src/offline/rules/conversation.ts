import type { OfflineMessage, OfflineTurn } from "../turn.ts";

/** A tool call; the tools' inputs are described in `ask.ts`. */
export interface Call {
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
}

export interface Answer {
  readonly text: string;
  readonly isError: boolean;
}

/** One turn: what is said, and tools to call side by side. */
export interface Say {
  readonly text: string;
  readonly calls: readonly Call[];
  readonly stopReason?: "refusal";
}

/** A part of a conversation: gives turns, gets the answers to their calls (one each, in order), and ends with a value. */
export type Talk<T> = Generator<Say, T, readonly Answer[]>;

/**
 * The next turn of a conversation that has come this far. The talk is played from its beginning against what the
 * messages say the tools answered, so nothing has to be remembered between requests. Undefined: the messages are not
 * those of this talk (somebody else spoke for the model).
 */
export function nextTurn(
  talk: Talk<Say>,
  whole: readonly OfflineMessage[],
): OfflineTurn | undefined {
  // What stood before was shortened since and cannot be played again; what was done shows in the files, so work begins anew.
  const messages = whole.slice(whole.findLastIndex(tellsOfShortening) + 1);
  let step = talk.next([]);
  for (const [index, message] of messages.entries()) {
    if (message.role !== "assistant") continue;
    const calls = message.content.filter((block) => block.type === "tool_use");
    const said = step.value.calls;
    if (calls.length !== said.length || calls.some(({ name }, at) => name !== said[at]?.name))
      return undefined;
    const results = messages[index + 1]?.content ?? [];
    const answers = calls.map(({ id }) => answerTo(id, results));
    if (step.done !== true) step = talk.next(answers);
  }
  return turnOf(step.value);
}

function tellsOfShortening({ role, content }: OfflineMessage): boolean {
  return (
    role === "user" &&
    content.some(
      (block) =>
        block.type === "text" &&
        /^<progress>\nEarlier parts of this conversation were shortened/m.test(block.text),
    )
  );
}

function answerTo(id: string, results: OfflineMessage["content"]): Answer {
  const result = results.find((block) => block.type === "tool_result" && block.tool_use_id === id);
  return result?.type === "tool_result"
    ? { text: result.text, isError: result.is_error }
    : { text: "", isError: true };
}

function turnOf({ text, calls, stopReason }: Say): OfflineTurn {
  return {
    content: [
      { type: "text", text },
      ...calls.map(({ name, input }) => ({ type: "tool_use" as const, name, input })),
    ],
    ...(stopReason === undefined ? {} : { stopReason }),
  };
}
