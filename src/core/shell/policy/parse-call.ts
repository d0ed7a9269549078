import type { ShellWord } from "../script.ts";
import { ask, type ShellVerdict } from "../verdict.ts";
import type { ParsedCall, ProgramPolicy } from "./program-policy.ts";

type Parsed =
  | { readonly kind: "parsed"; readonly call: ParsedCall }
  | { readonly kind: "unclear"; readonly verdict: ShellVerdict };

/** Takes a call apart as getopt does; an option that the policy does not list, abbreviated or not, is unclear. */
export function parseCall(policy: ProgramPolicy, words: readonly ShellWord[]): Parsed {
  const [name = ""] = policy.names;
  const options: { name: string; value: ShellWord | undefined }[] = [];
  const operands: ShellWord[] = [];
  const long = new Set((policy.long ?? "").split(" "));
  const unclear = (what: string): Parsed => ({
    kind: "unclear",
    verdict: ask(`${name}: ${what} is not known to be harmless`),
  });
  let isRest = false;
  for (let at = 0; at < words.length; at++) {
    const word = words[at];
    if (word === undefined) break;
    if (isRest || (policy.optionsFirst === true && operands.length > 0)) {
      operands.push(word);
      continue;
    }
    if (word.kind !== "literal") {
      const isPipe = word.kind === "dynamic" && word.why === "process substitution";
      const first = isPipe ? "/" : word.prefix[0];
      if (first === "-" || (first === undefined && policy.harmless !== true)) {
        return unclear(`a word that may become an option (${shown(word)})`);
      }
      operands.push(word);
      continue;
    }
    const { text } = word;
    if (text === "--") {
      isRest = true;
    } else if (text === "-" || !text.startsWith("-")) {
      operands.push(word);
    } else if (policy.digits === true && /^-\d+$/.test(text)) {
      options.push({ name: "digits", value: undefined });
    } else if (text.startsWith("--")) {
      const equals = text.indexOf("=");
      const option = text.slice(2, equals === -1 ? undefined : equals);
      const value: ShellWord | undefined =
        equals === -1 ? undefined : { kind: "literal", text: text.slice(equals + 1) };
      if (option.length < 2) return unclear(text);
      if (policy.pairs?.includes(option) === true && value === undefined) {
        const pair = [words[at + 1], words[at + 2]];
        if (!pair.every((one) => one?.kind === "literal")) return unclear(text);
        options.push({ name: option, value: undefined });
        at += 2;
      } else if (has(policy.values, option)) {
        const given = value ?? words[++at];
        if (given === undefined) return unclear(`${text} without a value`);
        options.push({ name: option, value: given });
      } else if (has(policy.attached, option)) options.push({ name: option, value });
      else if (value === undefined && long.has(option)) options.push({ name: option, value });
      else return unclear(`the option ${text}`);
    } else {
      const cluster = parseCluster(policy, text.slice(1), words[at + 1]);
      if (cluster === undefined) return unclear(`the option ${text}`);
      options.push(...cluster.options);
      if (cluster.usedNext) at++;
    }
  }
  return { kind: "parsed", call: { options, operands } };
}

/** Short options written together, the last of them perhaps with its value. */
function parseCluster(
  policy: ProgramPolicy,
  letters: string,
  next: ShellWord | undefined,
): { readonly options: ParsedCall["options"]; readonly usedNext: boolean } | undefined {
  const options: { name: string; value: ShellWord | undefined }[] = [];
  for (let at = 0; at < letters.length; at++) {
    const letter = letters[at] ?? "";
    const rest = letters.slice(at + 1);
    if ((policy.flags ?? "").includes(letter)) {
      options.push({ name: letter, value: undefined });
    } else if (has(policy.values, letter)) {
      const value: ShellWord | undefined = rest === "" ? next : { kind: "literal", text: rest };
      if (value === undefined) return undefined;
      options.push({ name: letter, value });
      return { options, usedNext: rest === "" };
    } else if (has(policy.attached, letter)) {
      options.push({
        name: letter,
        value: rest === "" ? undefined : { kind: "literal", text: rest },
      });
      return { options, usedNext: false };
    } else return undefined;
  }
  return { options, usedNext: false };
}

function has(record: Readonly<Record<string, unknown>> | undefined, name: string): boolean {
  return record !== undefined && Object.hasOwn(record, name);
}

export function shown(word: ShellWord): string {
  if (word.kind === "literal") return word.text;
  return word.kind === "glob" ? word.pattern : word.why;
}
