import * as z from "zod";

import type { ModelReply } from "../../ports/model-client.ts";

const count = z.int().min(0);
const counts = {
  input_tokens: count,
  output_tokens: count,
  cache_creation_input_tokens: count.nullish(),
  cache_read_input_tokens: count.nullish(),
};

/** What the agent relies on in a message; everything else in it is passed on as it came. */
const messageShape = z.looseObject({
  content: z.array(
    z.union([
      z.looseObject({ type: z.literal("text"), text: z.string() }),
      z.looseObject({
        type: z.literal("tool_use"),
        id: z.string().min(1),
        name: z.string(),
        input: z.record(z.string(), z.unknown()),
      }),
      z.looseObject({ type: z.literal("thinking"), signature: z.string() }),
      z.looseObject({
        type: z.literal("compaction"),
        content: z.string().nullable(),
        signature: z.string().nullish(),
      }),
      z.looseObject({ type: z.string().regex(/^(?!text$|tool_use$|thinking$|compaction$)/) }),
    ]),
  ),
  stop_reason: z.string().nullable(),
  usage: z.looseObject({
    ...counts,
    iterations: z
      .array(
        z.union([
          z.looseObject({ type: z.enum(["message", "compaction"]), ...counts }),
          z.looseObject({ type: z.string().regex(/^(?!message$|compaction$)/) }),
        ]),
      )
      .nullish(),
  }),
});

/** An answer, or why it is no message of the Messages API. Any server may be behind a base URL. */
export function readReply(message: unknown): ModelReply | string {
  const parsed = messageShape.safeParse(message);
  if (!parsed.success) {
    const [first] = parsed.error.issues;
    return `${first?.path.join(".") ?? ""}: ${first?.message ?? "not a message"}`;
  }
  return isReply(message) ? message : "not a message";
}

/** True of what has the shape. */
function isReply(message: unknown): message is ModelReply {
  return typeof message === "object" && message !== null;
}
