import { redacted } from "../../secrets/redact.ts";
import { secretName } from "../../secrets/secret-name.ts";
import { secretValue } from "../../secrets/secret-value.ts";
import { looksChosen, looksMade, looksStrong } from "./looks-secret.ts";
import { algorithm, looksOdd } from "./made-up.ts";

const quote = String.raw`\\{0,3}["'\x60]`;
/** What is called, or is given what stands in brackets. */
const call = /([A-Za-z_]\w{1,60})\s?(?:=\s?)?[([]/g;
const signsIn =
  /log_?[io]n|sign_?in|^auth$|auth(?:enticat|enticator)|basic_?auth|credential|passwordauth/i;
/** Their key is said first, or behind what is signed. */
const signs = /secret_?key|^key_?spec|hmac|cipher|fernet|^sign$/i;
const connects = /connect|^pdo$|mysqli|sequelize|data_?source|^(?:create|add)_?user$|account/i;
const types =
  /^(?:fill|type|type_?text|send_?keys|set_?value|enter_?text|input|press_sequentially)$/i;
const field = /pass(?:w|code|phrase|\b)|pwd|kennwort|secret|\bpin\b/i;
const argument = new RegExp(String.raw`(${quote})((?:(?!\1)(?:\\.|[^\\\n])){0,80})\1|[()[\]]`, "g");
const argumentsMax = 200;

/** Names of servers, regions, roles and columns: small words with a number. */
const name =
  /^[a-z]+:[a-z\d*]+$|^[a-z]+(?:[-_. ][a-z\d]+)*$|^[A-Z\d_]+$|^[\w.+-]+@[\w-]+\.|:\/\/|^[./~]|[{}<>$]|\s/;

function looksTyped(written: string): boolean {
  const value = written.replaceAll("\\", "");
  if (algorithm.test(value)) return false;
  // No name has a quote in it.
  if (/\d/.test(value) && /\w["']\w/.test(value) && !/\s/.test(value)) return true;
  return looksOdd(value) || looksMade(value) || looksStrong(value);
}

function isWord(value: string): boolean {
  return (
    looksTyped(value) ||
    (looksChosen(value) && /\d|[!#$%^&@]/.test(value) && !name.test(value)) ||
    (/^[a-z]{3,}\d{2,}$/.test(value) && !algorithm.test(value))
  );
}

interface Argument {
  readonly at: number;
  readonly value: string;
}

function argumentsAt(text: string, from: number): readonly Argument[] {
  const found: Argument[] = [];
  let depth = 1;
  const all = text.slice(from, from + argumentsMax);
  for (const { 0: whole, 1: open = "", 2: value, index } of all.matchAll(argument)) {
    if (value !== undefined) found.push({ at: from + index + open.length, value });
    else if (/[([]/.test(whole)) depth += 1;
    else if (--depth === 0) break;
  }
  return found;
}

/** "login('ana', V)", "connect(host, 'ana', V)", "fill('#password', V)": what stands behind the first is one when it looks like one. */
function passwordsIn(text: string): readonly Argument[] {
  return [...text.matchAll(call)].flatMap(({ 0: whole, 1: called = "", index }) => {
    const isTyped = types.test(called);
    const isLogin = signsIn.test(called);
    const isSetter = !isLogin && secretName(called) === "sure" && whole.endsWith("(");
    if (!isTyped && !isSetter && !isLogin && !connects.test(called) && !signs.test(called))
      return [];
    const given = argumentsAt(text, index + whole.length);
    if (isSetter) return given.slice(0, 1).filter(({ value }) => isWord(value));
    if (isTyped) {
      const last = given.at(-1);
      const around = text.slice(Math.max(0, index - 80), last?.at ?? index);
      return last !== undefined && field.test(around) && isWord(last.value) ? [last] : [];
    }
    if (signs.test(called)) return given.filter(({ value }) => looksTyped(value));
    // The user may be a variable.
    const others = /,/.test(text.slice(index, given[0]?.at)) ? given : given.slice(1);
    return others.filter(
      ({ value }) =>
        ((isLogin ? isWord(value) : looksTyped(value) && value.length > 8) && !name.test(value)) ||
        looksOdd(value),
    );
  });
}

function withoutPasswordsOfCalls(text: string): string {
  const gone = new Map(passwordsIn(text).map((one) => [one.at, one.value]));
  return [...gone]
    .toSorted(([a], [b]) => b - a)
    .reduce(
      (left, [at, { length }]) => left.slice(0, at) + redacted + left.slice(at + length),
      text,
    );
}

/** Letter by letter, byte by byte, in pieces, or wrapped. */
const item = String.raw`(?:'(?:\\.|[^'\\])'|"(?:\\.|[^"\\])"|0x[\da-fA-F]{2}|\d{1,3})`;
const sets = String.raw`\s?(?:\[\w{0,4}\])?\s?(?::=|=|:)\s?`;
const spelledOut = new RegExp(
  String.raw`(?<![\w$])([A-Za-z_]\w{1,60})(${sets}(?:new\s)?[\w.<>[\]]{0,30}\s?[({[]{1,2}\s?(?:new\s?[\w[\]]{0,12}\s?\{\s?)?)((?:${item}\s?,\s?){4,80}${item})`,
  "g",
);
const joined = new RegExp(
  String.raw`(?<![\w$])([A-Za-z_]\w{1,60})(${sets})((?:(["'])[^"'\\\n]{1,40}\4\s?[+.]\s?){1,8}["'][^"'\\\n]{1,40}["'])`,
  "g",
);
const wrapped = new RegExp(
  String.raw`(?<![\w$])([A-Za-z_]\w{1,60})(${sets}(?:new\s)?[\w.[\]]{1,40}\(\s?${quote})([^\s"'\x60\\]{5,80})(?=${quote}\s?\))`,
  "g",
);
/** `put("db.password", "V")`, `<entry key="db.password">V</entry>` */
const sideBySide = new RegExp(
  String.raw`(?<=${quote})([A-Za-z_][\w.-]{1,60})(${quote}(?:\s?,\s?${quote}|[^<>"'\n]{0,40}>))([^\s"'\x60\\<>]{5,80})(?=${quote}|<\/)`,
  "g",
);
const block =
  /(?<![\w$.-])([A-Za-z_][\w.-]{1,60})(["']?:\s?[|>][-+]?\d?[ \t]*\r?\n[ \t]+)([^\s$<{[-][^\n]{3,100})/g;

function withoutNamed(text: string, pattern: RegExp, isSecret: (value: string) => boolean): string {
  return text.replaceAll(pattern, (whole, called: string, between: string, value: string) =>
    secretName(called) === "sure" && isSecret(value) ? called + between + redacted : whole,
  );
}

/** Takes the passwords out of what code says in other ways than `name = "value"`. */
export function withoutLiterals(text: string): string {
  const shapes: readonly (readonly [RegExp, (value: string) => boolean])[] = [
    [spelledOut, (items) => /[A-Za-z\d]'|"|\d/.test(items)],
    [joined, (pieces) => /[\d!#%^&*?@]/.test(pieces)],
    [wrapped, looksTyped],
    [
      sideBySide,
      (value) => isWord(value) && secretValue(value, { isQuoted: true, isSetting: true }),
    ],
    [block, (value) => secretValue(value, { isQuoted: true, isSetting: true })],
  ];
  return shapes.reduce(
    (left, [pattern, isSecret]) => withoutNamed(left, pattern, isSecret),
    withoutPasswordsOfCalls(text),
  );
}
