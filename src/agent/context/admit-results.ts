import type { ShownResult } from "../../core/context/entry.ts";
import { aboutCall } from "../about-call.ts";
import { keepEnds } from "../keep-ends.ts";
import type { KeptFiles } from "../kept-files.ts";
import type { CallResult } from "../run-tool-calls.ts";

/** Makes results of one reply what the model is shown of them; what is left out is kept. */
export type Admit = (results: readonly CallResult[]) => Promise<readonly ShownResult[]>;

const charsMax = 30_000;

export function createAdmission(kept: Pick<KeptFiles, "idOf" | "keepAs">): Admit {
  return (results) =>
    Promise.all(
      results.map(async ({ id, tool, input, text, isError }): Promise<ShownResult> => {
        const artifact = text.length > charsMax ? kept.idOf(text) : undefined;
        const isKept = artifact !== undefined && (await kept.keepAs(artifact, text));
        const where = isKept
          ? `the whole output is kept, read more of it with ArtifactRead and id ${artifact}`
          : "the whole output could not be kept; narrow what is asked for";
        const ends = { headChars: charsMax / 3, tailChars: charsMax / 3 };
        const shown = keepEnds(text, ends, (left) => `${left} characters left out here; ${where}`);
        return {
          tool,
          about: aboutCall(input),
          artifact: isKept ? artifact : undefined,
          block: {
            type: "tool_result",
            tool_use_id: id,
            // Half a character (a cut, an odd file) would make the whole request invalid JSON in the API's eyes.
            content: shown.toWellFormed(),
            ...(isError ? { is_error: true } : {}),
          },
        };
      }),
    );
}
