import { parse } from "yaml";
import * as z from "zod";

import { failure } from "../../model/failure.ts";
import { err, ok } from "../../model/result.ts";
import type { Result } from "../../model/result.ts";
import type { OfflineRequest, OfflineTurn, Responder } from "../turn.ts";
import { faultPlan } from "./faults.ts";
import type { Fault } from "./faults.ts";
import { firstUserText } from "./offline-request.ts";

const block = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("text"), text: z.string().min(1) }),
  z.strictObject({
    type: z.literal("tool_use"),
    name: z.string().min(1),
    input: z.record(z.string(), z.unknown()),
  }),
  z.strictObject({ type: z.literal("thinking"), thinking: z.string() }),
]);
const turn = z.strictObject({
  content: z.array(block),
  stopReason: z
    .enum(["end_turn", "max_tokens", "refusal", "pause_turn", "model_context_window_exceeded"])
    .exactOptional(),
  latencyMs: z.number().min(0).exactOptional(),
});
const conversation = z.strictObject({
  /** A part of the conversation's first user message. Left out: any conversation. */
  when: z.string().min(1).exactOptional(),
  turns: z.array(turn).min(1),
});
const scriptFile = z
  .strictObject({
    turns: z.array(turn).min(1).optional(),
    conversations: z.array(conversation).min(1).optional(),
    faults: faultPlan.optional(),
  })
  .refine((file) => (file.turns === undefined) !== (file.conversations === undefined), {
    message: "give either turns or conversations",
  });

export interface ScriptedConversation {
  readonly when?: string;
  readonly turns: readonly OfflineTurn[];
}

export interface Script {
  readonly conversations: readonly ScriptedConversation[];
  readonly faults: readonly Fault[];
}

/** Reads a script file, YAML or JSON. `name` is how the failure calls it. */
export function parseScript(text: string, name: string): Result<Script> {
  const file = readFile(scriptFile, text, name);
  if (!file.ok) return file;
  const { turns, conversations, faults = [] } = file.value;
  return ok({ conversations: conversations ?? [{ turns: turns ?? [] }], faults });
}

/** Reads a fault plan of its own file. */
export function parseFaults(text: string, name: string): Result<readonly Fault[]> {
  return readFile(faultPlan, text, name);
}

/**
 * Answers from a script. Each conversation is at the turn that its history says, so a request sent again after a
 * fault gets the same turn, and any number of agents can follow one script at once.
 */
export function scripted(conversations: readonly ScriptedConversation[]): Responder {
  return (request) => {
    const text = firstUserText(request);
    const script = conversations.find(({ when }) => when === undefined || text.includes(when));
    if (script === undefined) {
      return { refuse: `the script has no conversation for "${text.slice(0, 200)}"` };
    }
    const answered = answeredTurns(request);
    return (
      script.turns[answered] ?? {
        refuse: `the script${script.when === undefined ? "" : ` for "${script.when}"`} has ${script.turns.length} turns, and this is request ${answered + 1}`,
      }
    );
  };
}

/** How many answers the conversation holds already. */
export function answeredTurns({ messages }: OfflineRequest): number {
  return messages.filter(({ role }) => role === "assistant").length;
}

function readFile<T>(shape: z.ZodType<T>, text: string, name: string): Result<T> {
  let data: unknown;
  try {
    data = parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return err(failure("usage", `${name} is neither YAML nor JSON: ${why}`));
  }
  const parsed = shape.safeParse(data);
  return parsed.success
    ? ok(parsed.data)
    : err(
        failure("usage", `${name} is not a valid file for the offline model`, {
          detail: z.prettifyError(parsed.error),
        }),
      );
}
