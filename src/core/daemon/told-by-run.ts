import * as z from "zod";

import type { Anchor, Proposal } from "../../model/proposal.ts";
import { parseJson } from "../parse-json.ts";
import { shownCount } from "../report/figures.ts";
import { shownOutcomes } from "../report/outcome-mark.ts";

const refusedMax = 3;
const text = z.string();

/** Of a run's lines of JSON what the daemon needs to know; all others are passed over. */
const lineSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("run-started"), run: text }),
  z.object({ kind: z.literal("unit-finished"), summary: text.optional(), reason: text.optional() }),
  z.object({
    kind: z.literal("agent"),
    event: z.object({ kind: z.literal("refused"), tool: text, about: text, reason: text }),
  }),
  z.object({
    kind: z.literal("run-finished"),
    exitCode: z.int(),
    outcomes: z.record(text, z.number()),
    result: z.object({ branch: text, commit: text }).optional(),
    failure: z.object({ message: text }).optional(),
    spent: z.object({ usd: z.number() }),
  }),
]);
type Line = z.output<typeof lineSchema>;

/** What a run has told so far. */
export interface ToldByRun {
  readonly run: string | undefined;
  readonly summary: string | undefined;
  readonly refused: readonly { readonly tool: string; readonly about: string }[];
  readonly finished: Extract<Line, { readonly kind: "run-finished" }> | undefined;
}

export const nothingTold: ToldByRun = {
  run: undefined,
  summary: undefined,
  refused: [],
  finished: undefined,
};

export function takeLine(told: ToldByRun, line: string): ToldByRun {
  const parsed = lineSchema.safeParse(parseJson(line));
  if (!parsed.success) return told;
  const { data } = parsed;
  switch (data.kind) {
    case "run-started":
      return { ...told, run: data.run };
    case "unit-finished":
      return { ...told, summary: data.summary ?? data.reason ?? told.summary };
    case "agent": {
      const { tool, about } = data.event;
      const isKnown = told.refused.some((one) => one.tool === tool && one.about === about);
      return isKnown ? told : { ...told, refused: [...told.refused, { tool, about }] };
    }
    case "run-finished":
      return { ...told, finished: data };
  }
}

/** How a run ended, in a line. */
export function endOfRun({ finished, summary }: ToldByRun): string {
  if (finished === undefined) return "its run did not come to an end";
  const { failure, outcomes } = finished;
  // Nothing around it says what was counted.
  const count = shownOutcomes(outcomes).replace(/^\d+/, (first) => shownCount(+first, "unit"));
  return [failure?.message ?? count, ...(summary === undefined ? [] : [summary])].join(": ");
}

/** What a person is asked to decide after a run: its result, its gates, what it wanted and was not let. */
export function proposalsOf(
  { run, refused, finished }: ToldByRun,
  {
    about,
    more,
    asItIs,
    wanted: hangsOn = asItIs,
  }: {
    readonly about: string;
    readonly more: string;
    /** The run, as long as nobody goes on with it. */
    readonly asItIs: readonly Anchor[];
    /** What holds up what it wanted and was not let; by default the run as well. */
    readonly wanted?: readonly Anchor[] | undefined;
  },
): readonly Proposal[] {
  if (run === undefined) return [];
  const result = finished?.result;
  return [
    ...(result === undefined
      ? []
      : [
          {
            about,
            text: `a result waits on ${result.branch}`,
            command: `skein apply ${run}`,
            hangsOn: [{ kind: "branch" as const, ...result }],
          },
        ]),
    ...(finished?.exitCode === 3
      ? [
          {
            about,
            text: `run ${run} waits for your word`,
            command: `skein status ${run}`,
            hangsOn: asItIs,
          },
        ]
      : []),
    ...refused.slice(0, refusedMax).map(({ tool, about: wanted }) => ({
      about,
      text: `it was not let: ${tool} ${wanted}`.trim().slice(0, 300),
      command: more,
      hangsOn,
    })),
  ];
}
