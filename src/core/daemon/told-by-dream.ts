import * as z from "zod";

import { parseJson } from "../parse-json.ts";
import { factsHold, shownCount, shownUsd } from "../report/figures.ts";

/** So many notes of a dream are told, and so much of each. */
const notesMax = 3;
const noteMax = 200;

const reading = {
  run: z.string().optional(),
  due: z.int(),
  left: z.int(),
  keyed: z.int(),
  usd: z.number().min(0),
  why: z.string().optional(),
};

/** What `skein dream --json` tells: a line for each request of a model, and the dream itself. */
const lineSchema = z.union([
  z.object({ kind: z.literal("read"), ...reading }),
  z.object({
    generation: z.int().nullable(),
    reading: z.object(reading).optional(),
    figures: z.object({
      observations: z.int(),
      active: z.int(),
      merged: z.int(),
      superseded: z.int(),
      concretised: z.int(),
    }),
    problems: z.array(z.string()).default([]),
  }),
]);
type Line = z.output<typeof lineSchema>;

/** What a dream has told so far. */
export interface ToldByDream {
  readonly dream: Exclude<Line, { readonly kind: "read" }> | undefined;
  /** The run of its readers. */
  readonly run: string | undefined;
  /** What was paid until now, in dollars, also when it is ended before it comes to its end. */
  readonly usd: number;
}

export const nothingDreamt: ToldByDream = { dream: undefined, run: undefined, usd: 0 };

export function takeDreamLine(told: ToldByDream, line: string): ToldByDream {
  const parsed = lineSchema.safeParse(parseJson(line));
  if (!parsed.success) return told;
  const { data } = parsed;
  if ("kind" in data) return { ...told, run: data.run, usd: data.usd };
  return { ...told, dream: data, usd: data.reading?.usd ?? told.usd };
}

/** In a line, with what a model read and why not all; undefined: it did not come to its end. `without`: why none was asked. */
export function endOfDream(
  { dream }: ToldByDream,
  without: string | undefined,
): string | undefined {
  if (dream === undefined) return undefined;
  const { generation, figures, reading: read, problems } = dream;
  const { observations, active, merged, superseded, concretised } = figures;
  if (observations === 0 && active === 0 && generation === null)
    return "there was nothing to do: nothing is remembered here";
  const end =
    generation === null
      ? "nothing changed"
      : `generation ${generation} (take it back: skein memory undo)`;
  const parts = [
    `memory was consolidated: ${factsHold(active)}, ${merged} merged, ${superseded} superseded, ${concretised} made concrete`,
    ...(without === undefined ? [] : [`no model read: ${without}`]),
    ...(read === undefined || read.due === 0 ? [] : [readingOf(read)]),
    end,
    ...notesOf(problems),
  ];
  return parts.join("; ");
}

/** Nobody else hears of them: what was changed in a file and counts for nothing is put back by now. */
function notesOf(problems: readonly string[]): readonly string[] {
  const more = problems.length - notesMax;
  return [
    ...problems.slice(0, notesMax).map((one) => `note: ${one.slice(0, noteMax)}`),
    ...(more > 0 ? [`and ${shownCount(more, "more note")}`] : []),
  ];
}

function readingOf({
  due,
  left,
  keyed,
  usd,
  why,
}: NonNullable<NonNullable<ToldByDream["dream"]>["reading"]>): string {
  const read = `a model read ${due - left} of ${shownCount(due, "text")} (${keyed} have a key now) for ${shownUsd(usd)}`;
  return why === undefined ? read : `${read}, the rest waits: ${why}`;
}
