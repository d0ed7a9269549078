import { APIConnectionError, APIError } from "@anthropic-ai/sdk";
import * as z from "zod";

import { type Failure, failure } from "../../model/failure.ts";
import type { RequestProblem } from "../../ports/model-client.ts";

/** What an error of the SDK means and what can be done about it. */
export function apiFailure(error: unknown): Failure {
  if (error instanceof APIConnectionError) {
    return failure("api", `the model's server could not be reached: ${rootOf(error).message}`, {
      hint: "check the network and --base-url",
    });
  }
  const said = error instanceof Error ? error.message.slice(0, 600) : String(error);
  const status: unknown = error instanceof APIError ? error.status : undefined;
  if (typeof status !== "number") {
    return failure("api", `the model's answer broke off: ${said}`, {
      hint: "run again; if it stays, the server does not speak the Messages API",
    });
  }
  return failure("api", `the API refused a request: ${said}`, {
    hint: hints.get(status) ?? (status >= 500 ? "the API has trouble; try again later" : undefined),
  });
}

/** What the SDK and fetch wrap up says what happened: that nobody listens, that there is no such host. */
function rootOf(error: Error): Error {
  return error.cause instanceof Error ? rootOf(error.cause) : error;
}

export function noMessage(problem: string): Failure {
  return failure(
    "api",
    `the model's server answered with something else than a message: ${problem}`,
    {
      hint: "the server does not speak the Messages API as it should; use another one",
    },
  );
}

const hints: ReadonlyMap<number, string> = new Map([
  [
    400,
    "this is a bug in Skein or a server that speaks another dialect; please report the message",
  ],
  [401, "check ANTHROPIC_API_KEY"],
  [402, "the account has no credit left"],
  [403, "the key may not use this model"],
  [404, "the model does not exist on this server; choose one with --model"],
  [413, "the conversation is too large; split the task"],
  [429, "the rate limit held longer than the retries; use fewer agents with --max-agents"],
]);

/** The wording of such refusals may change: it is a hint, and what follows from it is checked again. */
const tooLong = /prompt is too long|exceed context limit|input is too long/i;
const signature = /bound to a different conversation|invalid `?signature`?/i;

/** Statuses of a server that does not understand a request, whatever it says about it. */
const notUnderstood: ReadonlySet<unknown> = new Set([400, 403, 404, 422]);

/** What of the request itself could be changed so that the API takes it. */
export function requestProblem(
  error: unknown,
  { usesBeta }: { readonly usesBeta: boolean },
): RequestProblem | undefined {
  if (!(error instanceof APIError)) return undefined;
  if (error.status === 413) return "too-large";
  const code = usesBeta ? errorCode(error.error) : undefined;
  if (code === "compaction_unavailable") return "summary-unavailable";
  if (code?.startsWith("compaction_") === true) return "summary-refused";
  if (error.status === 400 && tooLong.test(error.message)) return "too-long";
  if (error.status === 400 && signature.test(error.message)) return "signature";
  // Who does not know the beta says so in many ways. To do without it is right in any case.
  return usesBeta && notUnderstood.has(error.status) ? "beta" : undefined;
}

const coded = z.looseObject({
  error: z.looseObject({ details: z.looseObject({ error_code: z.string() }) }),
});

function errorCode(body: unknown): string | undefined {
  const parsed = coded.safeParse(body);
  return parsed.success ? parsed.data.error.details.error_code : undefined;
}
