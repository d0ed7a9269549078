import type { Readable } from "node:stream";

import type { Hash } from "../../../core/memory/fact-id.ts";
import { isGarbled } from "../../../core/memory/is-garbled.ts";
import { isHeading, withoutMark } from "../../../core/memory/line-of-list.ts";
import { isOnlySecret } from "../../../core/memory/safety/is-only-secret.ts";
import { shownCount } from "../../../core/report/figures.ts";
import { failure } from "../../../model/failure.ts";
import { byHand, type Observation } from "../../../model/memory-observation.ts";
import { err, ok, type Result } from "../../../model/result.ts";
import { endWith } from "../../end-with.ts";
import type { Io } from "../../io.ts";
import { linesOf } from "../../lines-of.ts";
import { noteProblems } from "../../memory-facts.ts";
import { noteMemoryPlace } from "../../note-memory-place.ts";
import { openMemory } from "../../open-memory.ts";
import { type MemoryAddOptions, textMax } from "../../options/memory-options.ts";
import { takeEdits } from "../../take-edits.ts";
import { decide } from "./decide.ts";

/** More than a person says at once is a record, which `import` takes. */
const linesMax = 1_000;

/**
 * `skein memory add`: something you say, taken in at once. `-`, or nothing where something is piped in, is standard input, a fact a
 * line. Exit code 2 when a line was refused; the others are taken.
 */
export async function memoryAddCommand(
  options: MemoryAddOptions,
  io: Io,
  input: Readable & { readonly isTTY?: boolean } = process.stdin,
): Promise<number> {
  const world = openMemory(options, io);
  if (!world.ok) return endWith(world.error, io);
  const said = await textsOf(options, input);
  if (!said.ok) return endWith(said.error, io);
  const { clock, hash, clean } = world.value;
  const texts = said.value.texts.filter((text) => !isOnlySecret(clean(text)));
  if (texts.length === 0) return endWith(onlySecret, io);
  noteMemoryPlace(options, io);
  const settled = await takeEdits(world.value, io);
  if (!settled.ok) return endWith(settled.error, io);
  const now = clock.now();
  const entries = texts.map((text, at) => ({
    type: "observed" as const,
    observation: observationOf(text, options, { now, seq: seqOf(text, now + at, hash) }),
  }));
  const { snapshot } = settled.value;
  const done = await decide(world.value, { entries, snapshot }, io);
  const secrets = said.value.texts.length - texts.length;
  const left =
    secrets === 0 ? [] : [`${shownCount(secrets, "line")} left out: a secret and nothing else`];
  const refused = [...said.value.refused, ...left];
  const { headings } = said.value;
  noteProblems(leftOut(headings), io);
  noteProblems(refused, io);
  return done === 0 && refused.length > 0 ? 2 : done;
}

const onlySecret = failure("usage", "it is a secret and nothing else, and memory keeps none", {
  hint: "say where it is kept, or what it is for",
});

interface Texts {
  readonly texts: readonly string[];
  /** Lines that say too much, or cannot be read, and where they are. */
  readonly refused: readonly string[];
  /** Lines that only others stand under. */
  readonly headings: number;
}

async function textsOf(
  { text, subject }: MemoryAddOptions,
  input: Readable & { readonly isTTY?: boolean },
): Promise<Result<Texts>> {
  if (text !== undefined && text !== "-") return ok({ texts: [text], refused: [], headings: 0 });
  if (text === undefined && input.isTTY === true)
    return err(
      failure("usage", "what you want to say is missing", {
        hint: 'skein memory add "The port of web is 8080"; - takes standard input, a fact a line',
      }),
    );
  const texts: string[] = [];
  const refused: string[] = [];
  let [number, headings] = [0, 0];
  for await (const line of linesOf(input)) {
    number += 1;
    const said = isHeading(line) ? "" : withoutMark(line);
    if (isHeading(line)) headings += 1;
    const why = whyRefused(line, said);
    if (why !== undefined) refused.push(`standard input:${number}: ${why}`);
    else if (said !== "") texts.push(said);
    if (texts.length > linesMax)
      return err(
        failure("usage", `standard input has more than ${linesMax} lines`, {
          hint: "skein memory import takes more, as JSON lines",
        }),
      );
  }
  if (texts.length === 0)
    return err(
      failure(
        "usage",
        ["standard input says nothing", ...leftOut(headings), ...refused].join("; "),
      ),
    );
  if (subject !== undefined && texts.length > 1)
    return err(failure("usage", `a key is of one fact, and standard input has ${texts.length}`));
  return ok({ texts, refused, headings });
}

function leftOut(headings: number): readonly string[] {
  return headings === 0 ? [] : [`${shownCount(headings, "heading")} left out`];
}

function whyRefused(line: string, said: string): string | undefined {
  if (isGarbled(line)) return "it is no UTF-8 text";
  return said.length > textMax
    ? `it has ${said.length} characters, more than ${textMax}`
    : undefined;
}

/** Its name: what others say at the same moment, in other words, has another one. */
function seqOf(text: string, moment: number, hash: Hash): number {
  return moment * 1_000 + (Number.parseInt(hash(text).slice(0, 6), 16) % 1_000);
}

function observationOf(
  text: string,
  { scope, kind, subject, predicate, value }: MemoryAddOptions,
  { now, seq }: { readonly now: number; readonly seq: number },
): Observation {
  return {
    session: byHand,
    seq,
    at: new Date(now).toISOString(),
    origin: "user",
    text,
    scope,
    ...(kind === undefined ? {} : { kind }),
    ...(subject === undefined ? {} : { subject }),
    ...(predicate === undefined ? {} : { predicate }),
    ...(value === undefined ? {} : { value }),
  };
}
