import { admitBatch } from "../../core/context/admit/admit-batch.ts";
import { deltaOf } from "../../core/context/delta/delta-of.ts";
import type { ContextEntry, ShownResult } from "../../core/context/entry.ts";
import { shownInView } from "../../core/context/shown-in-view.ts";
import type { Stage, Thresholds } from "../../core/context/thresholds.ts";
import type { Clean } from "../../core/secrets/redact-value.ts";
import { aboutCall } from "../about-call.ts";
import type { KeptFiles } from "../kept-files.ts";
import type { CallResult } from "../run-tool-calls.ts";

/** Makes results of one reply what the model is shown of them; what is left out is kept. */
export type Admit = (
  results: readonly CallResult[],
  turn: number,
) => Promise<readonly ShownResult[]>;

export interface AdmissionOptions {
  readonly entries: () => readonly ContextEntry[];
  readonly kept: Pick<KeptFiles, "idOf" | "keepAs">;
  readonly clean: Clean;
  readonly limits: Thresholds;
  readonly tokensOf: (text: string) => number;
  readonly stages: ReadonlySet<Stage>;
}

/** What was last shown whole of something that is looked at again and again. */
interface Shown {
  readonly call: string;
  readonly turn: number;
  readonly text: string;
}

/** Tools whose result is the state of something, so that only what has changed is news. */
const states: ReadonlySet<string> = new Set(["Read", "Bash", "Grep", "Glob"]);
/** A shorter text is not worth a word about. */
const deltaCharsMin = 400;

/** The first two stages: what the model sees already is not said again, and what is too much is reduced. */
export function createAdmission(options: AdmissionOptions): Admit {
  const { kept, clean, limits, tokensOf, stages } = options;
  const known = new Map<string, Shown>();
  return async (results, turn) => {
    const live = shownInView(options.entries());
    const raw = results.map((result) => {
      const whole = clean(result.text).toWellFormed();
      const key = JSON.stringify([result.tool, result.input]);
      const before = known.get(key);
      const isNews =
        before === undefined ||
        !stages.has("delta") ||
        !states.has(result.tool) ||
        !live.has(before.call) ||
        whole.length < deltaCharsMin;
      const text = (isNews ? undefined : deltaOf(whole, before)) ?? whole;
      return { ...result, whole, key, text, id: kept.idOf(whole) };
    });
    const admitted = stages.has("admit")
      ? admitBatch(raw, { ...limits, tokensOf })
      : raw.map(({ text }) => ({ text, spills: false }));
    return Promise.all(
      raw.map(async (one, index): Promise<ShownResult> => {
        const { text, spills } = admitted[index] ?? { text: one.text, spills: false };
        const isKept = spills && (await kept.keepAs(one.id, one.whole));
        // Only what was shown whole can be built on.
        if (text === one.whole) known.set(one.key, { call: one.callId, turn, text });
        return {
          tool: one.tool,
          about: aboutCall(one.input),
          artifact: isKept ? one.id : undefined,
          block: {
            type: "tool_result",
            tool_use_id: one.callId,
            // Half a character (a cut, an odd file) would make the whole request invalid JSON in the API's eyes.
            content: (spills && !isKept
              ? `${text}\n[the whole could not be kept]`
              : text
            ).toWellFormed(),
            ...(one.isError ? { is_error: true } : {}),
          },
        };
      }),
    );
  };
}
