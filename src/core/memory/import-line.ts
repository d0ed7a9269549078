import { type Observation, observationSchema } from "../../model/memory-observation.ts";
import { err, ok, type Result } from "../../model/result.ts";
import { wrongFields } from "./field-words.ts";
import { fromExport, isExported } from "./from-export.ts";
import { whyNoProbe } from "./probe-words.ts";

/** Longest line, in characters. */
const lineMax = 200_000;

/**
 * What a line of `skein memory import` says: an observation, or a fact as `skein memory export` writes it, none when that does not hold
 * any more. What is wrong with it is said in a sentence.
 */
export function readImportLine(line: string): Result<readonly Observation[], string> {
  if (line.length > lineMax) return err(`it has ${line.length} characters, more than ${lineMax}`);
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    return err(`it is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return err("a JSON object is due");
  const said = isExported(value) ? fromExport(value) : ok([value]);
  if (!said.ok) return said;
  const read: Observation[] = [];
  for (const one of said.value) {
    const observation = readObservation(one);
    if (!observation.ok) return observation;
    read.push(observation.value);
  }
  return ok(read);
}

function readObservation(value: object): Result<Observation, string> {
  const parsed = observationSchema.safeParse(value);
  if (!parsed.success) return err(wrongFields(parsed.error.issues, { ...value }));
  const { scope, verify } = parsed.data;
  const why = whyNoScope(scope ?? "project") ?? (verify == null ? undefined : whyNoProbe(verify));
  return why === undefined ? ok(parsed.data) : err(why);
}

/** A role is a name: what looks like a path would be kept under another one than it says. */
function whyNoScope(scope: string): string | undefined {
  const [, role] = /^agents?[/:](.*)$/is.exec(scope.trim()) ?? [];
  if (role === undefined || (/[a-z0-9]/i.test(role) && !/[/\\]|\.\./.test(role))) return undefined;
  return `scope "${scope}" names no role; agents/<role> is due, as agents/reviewer`;
}
