import {
  type ControlAnswer,
  type ControlRequest,
  controlRequestSchema,
} from "../../model/control.ts";
import { failure } from "../../model/failure.ts";
import { err, ok, type Result } from "../../model/result.ts";
import { serveLines } from "./serve-lines.ts";

export type Obey = (request: ControlRequest) => Promise<ControlAnswer>;

/** Lets a run be told things while it works. Only for who owns the run. */
export async function serveControl(
  runFolder: string,
  obey: Obey,
): Promise<Result<AsyncDisposable>> {
  try {
    return ok(
      await serveLines(runFolder, async (line) => {
        const request = controlRequestSchema.safeParse(line);
        return request.success ? obey(request.data) : notUnderstood;
      }),
    );
  } catch (error) {
    const { message } = error as Error;
    return err(failure("io", `the run cannot be steered from another terminal: ${message}`));
  }
}

const notUnderstood: ControlAnswer = {
  kind: "refused",
  failure: failure("usage", "the run does not understand what it was told", {
    hint: "is the other skein of another version?",
  }),
};
