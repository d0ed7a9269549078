import { type Cite, timeOf } from "../../model/memory-observation.ts";
import { redacted } from "../secrets/redact.ts";
import { absoluteDates } from "./absolute-dates.ts";
import { type Learned, claimOf, claimWithKey, keyOf } from "./claim/claim-of.ts";
import type { Claim } from "./claim/claim.ts";
import { isOneTime } from "./claim/one-time.ts";
import { placeSaid } from "./claim/place-said.ts";
import { readClaim } from "./claim/read-claim.ts";
import { stripStatement } from "./claim/strip-statement.ts";
import { evidenceOf } from "./evidence.ts";
import type { FormReading } from "./frames/learn-forms.ts";
import { conditionOf, hasQualifiers, qualifiersOf } from "./qualifiers-of.ts";
import type { KeyedObservation } from "./reading/readings-in.ts";
import { bearingOn, isRepeated } from "./safety/bears-on.ts";
import { instructs, type Judge } from "./safety/instructs.ts";
import { isConcrete, isVague } from "./safety/is-vague.ts";
import { pointsAt } from "./safety/points-at.ts";
import { saysOnlyThat } from "./safety/says-only-that.ts";
import { shownBy } from "./safety/shown-by.ts";
import { scopeOf } from "./scope-of.ts";
import { isEnd } from "./unreal/is-unreal.ts";
import { meaningsOf } from "./words/meanings-of.ts";
import { valueKey } from "./words/value-key.ts";

/** An observation, read: what it claims, how much it counts, and what speaks against keeping it. */
export interface Statement {
  readonly observation: KeyedObservation;
  /** Those that said it: its own, and others whose lines a compaction took out. */
  readonly sessions: readonly string[];
  /** What it says, without the frame around it (`claim/framing.ts`), dates written out. */
  readonly text: string;
  /** The same with its frame. */
  readonly whole: string;
  /** The same without its frame, with the names that it gives to things. */
  readonly bare: string;
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly evidence: number;
  /** Folder of its fact: `user`, `project` or `agents/<role>`. */
  readonly scope: string;
  readonly qualifiers: Readonly<Record<string, string>>;
  readonly claim: Claim;
  /** Its key did not fit its text and was put right, or was not believed. */
  readonly isCorrected: boolean;
  /** Its words say nothing that somebody could act on; its evidence may. */
  readonly isVague: boolean;
  /** Its evidence names what its words do not, and is told with them. */
  readonly needsEvidence: boolean;
  /** Said without a key where keys are given: it stands alone. */
  readonly isAside: boolean;
  /** It happened once, and stands alone, too. */
  readonly isOnce: boolean;
  /** It was read as others like it are, not by its grammar alone. */
  readonly isLearned: boolean;
  /** Why it may not become memory by itself. */
  readonly danger: string | undefined;
}

/** What evidence has to say for the words, and whether a key says it already. */
function vaguenessOf(observation: KeyedObservation): {
  readonly shown: ReturnType<typeof shownBy>;
  readonly isSaid: boolean;
  readonly words: string;
} {
  const { text, subject, cites, isTold } = observation;
  const given = keyOf(observation);
  const words = stripStatement(text).text;
  const isSaid =
    given !== undefined &&
    isTold !== true &&
    !isWhole(words, given.value) &&
    ((cites ?? []).length === 0 || saysSomething(given.value));
  const shown =
    isSaid && !saysOnlyThat(given.predicate)
      ? undefined
      : shownBy({
          text: words,
          subject: subject ?? "",
          claim: readClaim(text),
          cites: bearingOn(words, cites ?? []),
        });
  return { shown, isSaid, words };
}

/** A key whose value is the whole sentence says no more than that. */
function isWhole(text: string, value: string): boolean {
  const [all, own] = [meaningsOf(text), new Set(meaningsOf(value))];
  return own.size > 2 && all.filter((word) => own.has(word)).length * 4 >= all.length * 3;
}

/** "the script", "that config file", "one of the tests": which one, only evidence says. */
const unnamed =
  /^(?:(?:the|that|this|these|those|our|its|one of|some(?: of)?)(?: (?!(?:of|for|in|with)\b)[a-z]+){1,4}|an?(?: [a-z]+){1,2})$/;

/** A number or a name, or words that are not vague and point at nothing that they do not name. */
function saysSomething(value: string): boolean {
  if (unnamed.test(value)) return false;
  return (
    isConcrete(value, []) || /\p{Lu}\p{Ll}/u.test(value) || !(isVague(value) || pointsAt(value))
  );
}

/** Reads an observation, whose text has no frame around it any more. */
export function statementOf(
  heard: KeyedObservation,
  {
    whole,
    bare,
    isBeside,
    judge,
  }: Pick<Statement, "whole" | "bare"> & { readonly isBeside: boolean; readonly judge: Judge },
  learned: Learned,
): Statement {
  const observation = { ...heard, text: whole };
  // What somebody noted as a question is no answer to it.
  const isAside = isBeside || observation.kind === "open_question";
  const { at, origin, cites } = observation;
  const dated = (text: string): string => absoluteDates(text, at, observation.value ?? "");
  const text = dated(heard.text);
  const { claim: told, form } = claimOf(text, observation, learned);
  const read = withOld(told, observation.old);
  const { key, claim, isPartly } = claimWithKey({ ...observation, text }, read, {
    ...learned,
    form,
  });
  const names = [observation.subject, claim.subject].flatMap((name) =>
    name === "" ? [] : (name ?? []),
  );
  const { shown, isSaid, words } = vaguenessOf({ ...observation, text });
  // A key whose value says something makes up for the words around it.
  const vague =
    shown === "instead" ||
    (isVague(words, names) &&
      !isSaid &&
      !(cites ?? []).some((cite) => isRepeated(cite, words)) &&
      (form === undefined || isVague(form.value, names) || (cites ?? []).length > 0));
  const given = keyOf(observation);
  const { scope, rest } = scopeOf(observation.scope ?? "project");
  const isOnce = given === undefined && (isOneTime(words) || isEnd(words));
  return {
    observation,
    sessions: [observation.session],
    text,
    whole: dated(whole),
    bare: dated(bare),
    time: timeOf(at),
    evidence: evidenceOf[origin],
    scope,
    qualifiers: { ...heldUnder({ ...observation, text }, { form, learned }), ...rest },
    claim: asSaid(claim, { text, isVague: vague, isAside, isOnce }),
    isCorrected: key !== undefined && (key.isRefused || key.corrected.length > 0),
    isVague: vague,
    needsEvidence: shown !== undefined,
    isAside,
    isOnce,
    isLearned: key !== undefined || form !== undefined || isPartly,
    danger: judge(withoutRole(observation.text, scope), origin) ?? dangerIn(cites ?? []),
  };
}

/** What it holds under, as its key, its form and its text say. */
function heldUnder(
  observation: KeyedObservation,
  { form, learned }: { readonly form: FormReading | undefined; readonly learned: Learned },
): Statement["qualifiers"] {
  const given = keyOf(observation);
  return {
    ...conditionOf(observation, form, learned.naming),
    ...(given === undefined || hasQualifiers(observation) ? {} : placeSaid(given, learned.naming)),
    ...qualifiersOf(observation),
  };
}

/** What is vague is no value of anything, what lost a secret is not known any more, and what happened once is over. */
function asSaid(
  claim: Claim,
  {
    text,
    isVague: vague,
    isAside,
    isOnce,
  }: Pick<Statement, "text" | "isVague" | "isAside" | "isOnce">,
): Claim {
  if (isAside && !vague) return withoutReading(claim);
  return vague || isAside || isOnce || text.includes(redacted) ? withoutValue(claim) : claim;
}

/** It gives no value of anything, neither now nor before. */
export function withoutValue(claim: Claim): Claim {
  return { ...claim, valueKey: "", oldKey: "" };
}

/** Whoever gives keys gave it none: only its text counts. */
function withoutReading(claim: Claim): Claim {
  return { ...withoutValue(claim), predicate: "", value: "" };
}

/** What a model read to be the value before. */
function withOld(claim: Claim, old: string | undefined): Claim {
  return old === undefined ? claim : { ...claim, isChange: true, oldKey: valueKey(old) };
}

/** "For the tester agent, …" in memory of the tester says whose it is, and speaks to nobody. */
function withoutRole(text: string, scope: string): string {
  const [, role] = /^agents\/(.+)$/.exec(scope) ?? [];
  return role === undefined
    ? text
    : text.replace(
        new RegExp(
          `\\b(?:for|when|while|if) the ${role.replaceAll("-", "[- ]")} agents?(?: (?:works?|runs?))?[,:]? `,
          "i",
        ),
        "",
      );
}

/** Evidence is quoted in facts, so it must not speak to agents either. */
function dangerIn(cites: readonly Cite[]): string | undefined {
  const why = cites
    .map(({ excerpt }) => instructs(excerpt, "model"))
    .find((one) => one?.includes("instructions") || one?.includes("hidden"));
  return why === undefined ? undefined : `its evidence: ${why}`;
}
