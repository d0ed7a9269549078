import type { ShellWord } from "../script.ts";
import { ask, type ShellVerdict } from "../verdict.ts";
import type { ParsedCall, ProgramPolicy } from "./program-policy.ts";

type Parsed =
  | { readonly kind: "parsed"; readonly call: ParsedCall }
  | { readonly kind: "unclear"; readonly verdict: ShellVerdict };

type Options = ParsedCall["options"];

/** Options taken from the front of the words, and how many words they are. Undefined: not known to be harmless. */
type Taken = { readonly options: Options; readonly count: number } | undefined;

/** Takes a call apart as getopt does; an option that the policy does not list, abbreviated or not, is unclear. */
export function parseCall(policy: ProgramPolicy, words: readonly ShellWord[]): Parsed {
  const [name = ""] = policy.names;
  const options: Options[number][] = [];
  const operands: ShellWord[] = [];
  let isRest = false;
  for (let at = 0; at < words.length; at++) {
    const word = words[at];
    if (word === undefined) break;
    if (word.kind === "literal" && word.text === "--" && !isRest) {
      isRest = true;
    } else if (isRest || isOperand(policy, word)) {
      operands.push(word);
      isRest ||= policy.optionsFirst === true;
    } else {
      const taken = takeOption(policy, words.slice(at));
      if (taken === undefined) {
        const what = word.kind === "literal" ? `the option ${word.text}` : mayBecome(word);
        return { kind: "unclear", verdict: ask(`${name}: ${what} is not known to be harmless`) };
      }
      options.push(...taken.options);
      at += taken.count - 1;
    }
  }
  return { kind: "parsed", call: { options, operands } };
}

function mayBecome(word: ShellWord): string {
  return `a word that may become an option (${shown(word)})`;
}

/** Whether a word is surely no option; what it may become counts where an option could do harm. */
function isOperand(policy: ProgramPolicy, word: ShellWord): boolean {
  if (word.kind === "literal") return word.text === "-" || !word.text.startsWith("-");
  if (word.kind === "dynamic" && word.why === "process substitution") return true;
  return word.prefix === "" ? policy.harmless === true : !word.prefix.startsWith("-");
}

function takeOption(policy: ProgramPolicy, words: readonly ShellWord[]): Taken {
  const [word, next] = words;
  if (word?.kind !== "literal") return undefined;
  if (policy.digits === true && /^-\d+$/.test(word.text)) {
    return { options: [{ name: "digits", value: undefined }], count: 1 };
  }
  return word.text.startsWith("--")
    ? takeLong(policy, word.text.slice(2), words)
    : takeCluster(policy, word.text.slice(1), next);
}

function takeLong(policy: ProgramPolicy, text: string, [, ...behind]: readonly ShellWord[]): Taken {
  const equals = text.indexOf("=");
  const name = equals === -1 ? text : text.slice(0, equals);
  const value: ShellWord | undefined =
    equals === -1 ? undefined : { kind: "literal", text: text.slice(equals + 1) };
  if (name.length < 2) return undefined;
  if (policy.pairs?.includes(name) === true) {
    const isPair = behind.slice(0, 2).every((one) => one.kind === "literal") && behind.length >= 2;
    return value === undefined && isPair
      ? { options: [{ name, value: undefined }], count: 3 }
      : undefined;
  }
  if (has(policy.values, name)) {
    const given = value ?? behind[0];
    const count = value === undefined ? 2 : 1;
    return given === undefined ? undefined : { options: [{ name, value: given }], count };
  }
  const isFlag = value === undefined && (policy.long ?? "").split(" ").includes(name);
  return isFlag || has(policy.attached, name)
    ? { options: [{ name, value }], count: 1 }
    : undefined;
}

/** Short options written together, the last of them perhaps with its value. */
function takeCluster(policy: ProgramPolicy, letters: string, next: ShellWord | undefined): Taken {
  const options: Options[number][] = [];
  for (let at = 0; at < letters.length; at++) {
    const name = letters[at] ?? "";
    const rest = letters.slice(at + 1);
    const attached: ShellWord | undefined =
      rest === "" ? undefined : { kind: "literal", text: rest };
    if ((policy.flags ?? "").includes(name)) {
      if (policy.singly === true && rest !== "") return undefined;
      options.push({ name, value: undefined });
    } else if (has(policy.attached, name)) {
      return { options: [...options, { name, value: attached }], count: 1 };
    } else {
      const value = attached ?? next;
      if (!has(policy.values, name) || value === undefined) return undefined;
      if (policy.valuesApart === true && !/^\d*$/.test(rest)) return undefined;
      return { options: [...options, { name, value }], count: attached === undefined ? 2 : 1 };
    }
  }
  return { options, count: 1 };
}

function has(record: Readonly<Record<string, unknown>> | undefined, name: string): boolean {
  return record !== undefined && Object.hasOwn(record, name);
}

export function shown(word: ShellWord): string {
  if (word.kind === "literal") return word.text;
  return word.kind === "glob" ? word.pattern : word.why;
}
