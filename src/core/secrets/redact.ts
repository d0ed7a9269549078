import { withoutCommandSecrets } from "./command-secrets.ts";
import { withoutConfigSecrets } from "./config-secrets.ts";
import { withoutJwkSecrets } from "./jwk-secrets.ts";
import { isPlainWord } from "./plain-word.ts";
import { withoutPrivateKeys } from "./private-keys.ts";
import { secretName } from "./secret-name.ts";
import { isRandom, secretValue } from "./secret-value.ts";
import { withoutSplitTokens } from "./split-tokens.ts";
import { isInReference } from "./stand-in.ts";
import { secretAddresses, tokenShapes } from "./token-shapes.ts";

/** What stands where a secret was. */
export const redacted = "[redacted]";

/** Shorter than this, a value known to be secret is in too many innocent words to be taken out of them. */
const knownCharsMin = 8;

/**
 * The text without its secrets: `known` values, tokens that say what they are, private keys, credentials in URLs and
 * headers, values of secret-looking names. Takes linear time, and changes nothing more when called again.
 */
export function redact(text: string, known: readonly string[] = []): string {
  let clean = text;
  for (const value of known) {
    if (value.length >= knownCharsMin) clean = clean.replaceAll(value, redacted);
  }
  clean = withoutPrivateKeys(clean, redacted);
  clean = withoutJwkSecrets(clean, redacted);
  clean = clean.replaceAll(tokenShapes, redacted);
  clean = withoutSplitTokens(clean, redacted);
  clean = clean.replaceAll(secretAddresses, `$1${redacted}`);
  clean = withoutUrlCredentials(clean);
  clean = withoutHeaders(clean);
  clean = withoutCommandSecrets(clean, redacted);
  clean = withoutConfigSecrets(clean, redacted);
  return withoutPairs(withoutAssigned(clean));
}

/** Behind `://`, up to the last @ before the path; the user stays, unless it is a token that stands alone. */
const urlCredentials =
  /(?<=[A-Za-z0-9]:\/\/)([^\s/?#@:"'`<>\\]{0,128})(?::((?!\d{1,5}\?)[^\s/"'`<>\\]{1,256}))?@/g;

function withoutUrlCredentials(text: string): string {
  return text.replaceAll(urlCredentials, (whole, user: string, password: string | undefined) => {
    if (password === undefined) return isRandom(user) ? `${redacted}@` : whole;
    // A port, and what is behind # in an address.
    if (/^\d{2,5}#/.test(password)) return whole;
    return isPasswordElsewhere(password) ? whole : `${user}:${redacted}@`;
  });
}

function isPasswordElsewhere(value: string): boolean {
  return /^(?:\$|\{|%[A-Za-z_]+%|\[redacted|\*+$|(?:[A-Z]+_)?(?:PASSWORD|PASSWD|PASS|PWD|PW|SECRET|TOKEN)$)/.test(
    value,
  );
}

const authorization =
  /(authorization\\{0,4}["']?\s{0,2}[:=]\s{0,2}\\{0,4}["'`]?[A-Za-z][\w-]{1,20} )([\w.~+/=-]{12,})/gi;
const bearer = /(?:\b|(?<=\\[bfnrt]))(bearer|basic|ssws|digest)( {1,4}|%20)([\w.~+/=-]{12,})/gi;
const userFlag =
  /((?:^|\s)(?:-u|--user|--proxy-user)[ =]{1,2}["']?[^\s:"']{1,100}:)([^\s"']{3,256})/g;
const netrc = /(login\s{1,8}\S{1,100}\s{1,8}password\s{1,8})(\S{3,256})/g;

function withoutHeaders(text: string): string {
  return text
    .replaceAll(authorization, (whole, before: string, value: string) =>
      /\d/.test(value) ? `${before}${redacted}` : whole,
    )
    .replaceAll(bearer, (whole, scheme: string, gap: string, value: string) =>
      /\d/.test(value) || value.endsWith("=") ? `${scheme}${gap}${redacted}` : whole,
    )
    .replaceAll(userFlag, (whole, before: string, value: string) =>
      isPasswordElsewhere(value) ? whole : `${before}${redacted}`,
    )
    .replaceAll(netrc, `$1${redacted}`);
}

/**
 * A name and what sets it: `NAME=`, `"name": "`, `name := `, `--name `, `<name>`. In text that was escaped, the letter
 * of a line break stands in front of the name and is none of it.
 */
const nameStart = String.raw`(?:(?<![\w.-])(?!(?<=\\)[bfnrt])|(?<=\\[bfnrt]))`;
const escapedQuote = String.raw`\\{0,4}["'\x60]`;
const flagSets = String.raw`(--[A-Za-z][\w-]{1,60})(?: {1,2}|=)`;
const tagSets = String.raw`(?<=<)([A-Za-z][\w.-]{1,60})>`;
const nameSets = String.raw`([A-Za-z_][\w.-]{1,80})(${escapedQuote})?(\s{0,3}(?::=|=>|[:=])[ \t]{0,4})`;
const named = new RegExp(
  `${nameStart}(?:${flagSets}|${tagSets}|${nameSets})(${escapedQuote})?`,
  "g",
);
const quotedValue = /[^"'`\\\n]{1,2000}/y;
const bareValue = /[^\s"'`,;&\\<]{1,2000}/y;

/** Only the name and what sets it are passed over in one step, so that a value may itself hold names. */
function withoutAssigned(text: string): string {
  let clean = "";
  let done = 0;
  for (const match of text.matchAll(named)) {
    const [whole, flag, tag, plain, nameQuote, sets, quote] = match;
    const name = flag ?? tag ?? plain ?? "";
    const strength = secretName(name);
    if (strength === "none") continue;
    const from = match.index + whole.length;
    // It stands within a value that is gone already.
    if (from < done) continue;
    const shape = quote === undefined ? bareValue : quotedValue;
    shape.lastIndex = from;
    const value = shape.exec(text)?.[0];
    if (value === undefined) continue;
    if (isInReference(text, match.index)) {
      clean += text.slice(done, from + value.length);
      done = from + value.length;
      continue;
    }
    const isSetting =
      flag !== undefined ||
      tag !== undefined ||
      (nameQuote === undefined &&
        (sets === "=" ||
          isConstant(name, value, text.slice(from + value.length, from + value.length + 4))));
    const at = { isQuoted: quote !== undefined, isSetting };
    if (strength === "sure" ? !secretValue(value, at) : !isRandom(value)) continue;
    clean += text.slice(done, from) + redacted;
    done = from + value.length;
  }
  return clean + text.slice(done);
}

/** `POSTGRES_PASSWORD: vFOHAgpEZUmj`, and nothing behind it: what has a name in capitals is set, and no type or label. */
function isConstant(name: string, value: string, behind: string): boolean {
  const isLetters = /^[a-z]{8,}$|^(?![A-Za-z]?[a-z]+(?:[A-Z][a-z]+)*$)[A-Za-z]{8,}$/.test(value);
  return (
    /^[A-Z][A-Z\d_]+$/.test(name) &&
    isLetters &&
    !isPlainWord(value) &&
    /^[ \t]*(?:$|[\r\n`"'},]|\\n)/.test(behind)
  );
}

const pair =
  /(\bname\\{0,4}["']?\s{0,4}[:=]\s{0,4}\\{0,4}["']?([A-Za-z_][\w.-]{1,80})\\{0,4}["']?(?:[\s,]|\\n){1,40}\\{0,4}["']?value\\{0,4}["']?\s{0,4}[:=]\s{0,4}\\{0,4}["']?)([^\s"'\\,{}]{6,256})/gi;

/** A name and its value side by side: `name: API_TOKEN`, and on the next line `value: …`. */
function withoutPairs(text: string): string {
  return text.replaceAll(pair, (whole, before: string, name: string, value: string) =>
    secretName(name) === "sure" && secretValue(value, { isQuoted: true, isSetting: true })
      ? `${before}${redacted}`
      : whole,
  );
}
