import { z } from "zod";

const count = z.int().min(0);

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
      z.looseObject({ type: z.string().regex(/^(?!text$|tool_use$|thinking$)/) }),
    ]),
  ),
  stop_reason: z.string().nullable(),
  usage: z.looseObject({
    input_tokens: count,
    output_tokens: count,
    cache_creation_input_tokens: count.nullish(),
    cache_read_input_tokens: count.nullish(),
  }),
});

/** Why an answer is no message of the Messages API, or undefined. Any server may be behind a base URL. */
export function messageProblem(message: unknown): string | undefined {
  const parsed = messageShape.safeParse(message);
  if (parsed.success) return undefined;
  const [first] = parsed.error.issues;
  return `${first?.path.join(".") ?? ""}: ${first?.message ?? "not a message"}`;
}
