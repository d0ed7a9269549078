import { rm } from "node:fs/promises";

import {
  type ControlAnswer,
  controlAnswerSchema,
  type ControlRequest,
} from "../../model/control.ts";
import { failure } from "../../model/failure.ts";
import { err, ok, type Result } from "../../model/result.ts";
import { isOwnerAlive } from "../run-owner.ts";
import { askAt } from "./ask-at.ts";
import { openSocketPath } from "./socket-path.ts";

/** Tells a run that is at work something, and gives its answer. Undefined: nobody is at work on it. */
export async function tellRun(
  runFolder: string,
  request: ControlRequest,
): Promise<Result<ControlAnswer | undefined>> {
  await using socket = await openSocketPath(runFolder);
  const isAlive = await isOwnerAlive(runFolder);
  const said = await askAt(socket.path, request);
  if (said === undefined) {
    if (isAlive) return err(notListening);
    // Nobody listens on it any more.
    await rm(socket.path, { force: true });
    return ok(undefined);
  }
  const answer = controlAnswerSchema.safeParse(said.line);
  return answer.success
    ? ok(answer.data)
    : err(failure("io", "the run ended before it had answered", { hint: "see skein status" }));
}

const notListening = failure("io", "the run's process does not listen yet, or not any more", {
  hint: "try again in a moment; skein status tells where it is",
});
