import type { Anthropic } from "@anthropic-ai/sdk";

import type { MessageBlock, ModelMessage, ModelRequest } from "../../ports/model-client.ts";

/** An answer on its way. */
export interface AnswerStream {
  /** Called once, with the first event of it. */
  readonly onBegin: (begun: () => void) => void;
  readonly headers: () => Headers | undefined;
  readonly whole: () => Promise<unknown>;
}

/** Sends a request by the stable API, or by the beta one when it has parts of that. */
export function openStream(
  client: Anthropic,
  { beta, messages, ...request }: ModelRequest,
  signal: AbortSignal,
): AnswerStream {
  if (beta === undefined)
    return answerOf(
      client.messages.stream({ ...request, messages: messages.map(stableMessage) }, { signal }),
    );
  const { headers, ...parts } = beta;
  return answerOf(
    client.beta.messages.stream(
      { ...request, ...parts, messages: [...messages], betas: [...headers] },
      { signal },
    ),
  );
}

function answerOf(stream: {
  readonly once: (event: "streamEvent", begun: () => void) => unknown;
  readonly response: Response | null | undefined;
  readonly finalMessage: () => Promise<unknown>;
}): AnswerStream {
  return {
    onBegin: (begun) => stream.once("streamEvent", begun),
    headers: () => stream.response?.headers,
    whole: () => stream.finalMessage(),
  };
}

/** The API's own summaries go only with the header of them. */
export function stableMessage({ role, content }: ModelMessage): Anthropic.MessageParam {
  return { role, content: typeof content === "string" ? content : content.filter(isStable) };
}

function isStable(block: MessageBlock): block is Anthropic.ContentBlockParam {
  return block.type !== "compaction";
}
