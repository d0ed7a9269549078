import type { ControlAnswer } from "../../model/control.ts";
import { failure } from "../../model/failure.ts";
import { err, ok, type Result } from "../../model/result.ts";
import { controlText } from "../control-text.ts";
import { endWith } from "../end-with.ts";
import type { Io } from "../io.ts";
import type { CompactOptions } from "../options.ts";
import { notAtWork, tellLiveRun } from "../tell-live-run.ts";

type Compactions = Extract<ControlAnswer, { readonly kind: "compactions" }>;

/** `skein compact`: agents of a run that is at work sum up their contexts; says of each what came of it. */
export async function compactCommand(options: CompactOptions, io: Io): Promise<number> {
  const done = await compact(options);
  if (!done.ok) return endWith(done.error, io);
  io.stdout(
    options.json
      ? done.value.agents.map((agent) => `${JSON.stringify(agent)}\n`).join("")
      : `${controlText(done.value).join("\n")}\n`,
  );
  return 0;
}

async function compact({ unit, ...options }: CompactOptions): Promise<Result<Compactions>> {
  const request = { command: "compact", ...(unit === undefined ? {} : { unit }) } as const;
  const told = await tellLiveRun(options, request);
  if (!told.ok) return told;
  const { run, answer } = told.value;
  if (answer === undefined) return err(notAtWork(run));
  if (answer.kind === "compactions") return ok(answer);
  return err(
    answer.kind === "refused"
      ? answer.failure
      : failure("internal", "an answer to another request"),
  );
}
