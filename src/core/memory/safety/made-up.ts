import { redacted } from "../../secrets/redact.ts";
import { isStandIn } from "../../secrets/stand-in.ts";
import { eastern, foreign, foreignLogins, foreignSets } from "./foreign-words.ts";
import { isPublic } from "./is-public.ts";
import { looksMade, looksSpelled, looksStrong } from "./looks-secret.ts";
import type { Saying } from "./secret-sayings.ts";

/** A word of a sentence, without what is put around words; who makes up a password puts none of that into it. */
const piece = /(?<![^\s"'`“„«»‘(「『:=])(?!\/\/)[^\s"'`“”„«»‘’()<>「」『』=,;，。、；]{5,64}/g;
/** A sign in the middle of a word, where only a password has it; the rarer ones are put between words by code, too. */
const oddSign = /[\p{L}\d][!#%^?]+[\p{L}\d]|[\p{L}\d]{3}[$&*~]+[\p{L}\d]{2}/u;
/** It ends the word, and no sentence: what is behind goes on. */
const oddEnd = /[\p{L}\d][!#%^?$&]+$/u;
/** A letter of a word, written with a digit: "Gr4ss", "Spr1ng". */
const spelled = /[b-df-hj-np-tv-z][0134][b-df-hj-np-tv-z][a-z]/i;
/** Code, addresses, places in a file or an issue, commits, patterns of files, formats, versions, classes within classes. */
const otherwise =
  /:\/\/|::|[()[\]{}<>|\\=]|@[\w-]+\.[a-z]|^[#@$./~^-]|^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+$|[A-Z\d]{2,}_[A-Z\d]{2,}|UTF-?\d|^RFC\d|%(?:2[0-9A-F]|3[A-F]|40|5[B-F]|7[B-E]|[89A-F][0-9A-F]|\d{0,2}[sdifxvq](?![a-z]))|^%\w+%|[\d.]%$|^\d+%|[./]\S*#|#[a-z-]+$|^HEAD|^[\w/-]+[~^]\d+$|[*?!][./]|[./][*?!]|\*\*|\?\?|!!|&&|\/\S*\?|!important|&0x|&(?:amp|lt|gt|quot|nbsp)|[A-Z]\w*\$[\dA-Z]\w*$|\.[A-Z]{2,4}$|\.(?:[a-z]{1,4}\d?|[a-z]{5,8})[:!?]*$/;

/** "sha256", "RSASSA-PKCS1-v1_5", "utf8" */
export const algorithm =
  /^(?:sha|md|aes|utf|base|[hrep]s|ed|x|rsa\w*|pbkdf|argon|bcrypt|scrypt|hmac|ecd\w*|latin|iso|rc|tls|ssl|oauth|http|ipv|secp|prime|curve|chacha)[-_]?v?\d|-(?:sha|pkcs|hmac|gcm|cbc)\d*/i;

/** What is spoken of is how one gets in. */
const access = new RegExp(
  String.raw`(?<![a-z])(?:accounts?|admin(?:istrator)?s?|root|superuser|sudo|log(?:s|ged|ging)?[ -]?(?:in|on)|logins?|sign(?:s|ed|ing)?[ -]?in|gets? (?:you |me |us )?(?:in|on)(?:to)?|(?:type|enter|key in|punch in|identify)(?= )|lets? (?:you|me|us) in|auth\w*|unauthori[sz]ed|credentials?|creds|secrets?|(?:un|re)?locks?|opens? with|opened with|decrypts?|extracts? with|unzips?|wi-?fi|wlan|ssid|hotspot|vpn|vault|keypad|portal|pass(?:word|phrase|code|wd)?s?|pw|pwd|pins?|user(?:name)?s?|benutzer|konto|compte|cuenta|utilisateur|usuario)(?![a-z])|${foreign}|${foreignLogins}|${eastern}|登[录錄陆]|[账帐]号`,
  "i",
);
/** What is spoken of is what one has to know for that. */
const password = new RegExp(
  String.raw`(?<![a-z])(?:pass ?(?:word|phrase|code|wd)s?|identify|the word is|pw|pwd|credentials?|creds|wi-?fi|wlan|ssid|(?:opens?|opened|unlocks?|unlocked|decrypts?|extracts?|unzips?) with)(?![a-z])|${foreign}|${eastern}`,
  "i",
);
/** Right in front of it. */
const sets = new RegExp(
  String.raw`(?:(?<![\p{L}-])(?:is|was|are|to|it['’]?s|that['’]?s|becomes?|so|i\.e\.|equals|with|use[ds]?|using|try|tried|type[ds]?|enter|expected|identify|pass ?(?:word|phrase|code)|pw|pwd|now|still|again|then|first|second|old|new|eski|yeni|from|not|${foreign}|y|et|und|and|después|luego|puis|ensuite|dann|poi|depois|daarna|(?:gewijzigd|veranderd|geändert|ändrat|cambiat[ao]|modificat[ao]) [a-z]{1,4}|${foreignSets})|[:=→—–(「『"'\x60“„«]|\s-)[\s"'\x60“„«(]*$`,
  "iu",
);
/** Right behind it. */
const judged =
  /^["'`”]?,? (?:is )?(?:(?:too )?(?:long|short|strong|weak|good|ok|okay|fine|safe|secure|easy|simple)(?![a-z])|as (?:the |my |our )?pass)/i;
const around = 160;

/**
 * Takes out what people make up for a password where they speak of getting in, however they say it: of letters and digits with a sign
 * in the middle, or with a digit for a letter. What might be the name of something else is one only where a password is spoken of.
 */
export function withoutMadeUp(text: string): string {
  if (!access.test(text)) return text;
  return text.replaceAll(piece, (whole, at: number) => {
    const value = whole.replace(/[.:]+$/, "");
    const end = at + value.length;
    // What is called is a name, too.
    if (/[(=]/.test(text[end] ?? "") || !isMadeUp(text, at, value)) return whole;
    const before = text.slice(Math.max(0, at - around), at);
    // What stands in an address is a part of it.
    if (/[?/][^\s"'`]*=$/.test(before)) return whole;
    const near = `${before} ${text.slice(end, end + around)}`;
    if (!access.test(near) || isPublic(text, at, value)) return whole;
    const isOdd = looksOdd(value) || (oddEnd.test(value) && goesOn(text, end));
    const isIt =
      isOdd ||
      (password.test(near) && (sets.test(before) || judged.test(text.slice(end, end + 40))));
    return isIt ? redacted + whole.slice(value.length) : whole;
  });
}

function isMadeUp(text: string, at: number, value: string): boolean {
  if (
    value.length < 5 ||
    value.includes(redacted) ||
    otherwise.test(value) ||
    algorithm.test(value) ||
    isStandIn(value)
  )
    return false;
  if (!/\p{L}/u.test(value) || !/\d/.test(value)) return false;
  return (
    looksOdd(value) ||
    looksMade(value) ||
    (oddEnd.test(value) && goesOn(text, at + value.length)) ||
    (/^[\p{L}\d]+(?:\/[\p{L}\d]+)+$/u.test(value) && /\p{Lu}\p{Ll}/u.test(value))
  );
}

/** With a sign in the middle, or with a digit for a letter. */
export function looksOdd(value: string): boolean {
  const letters = value.match(/\p{L}/gu)?.length ?? 0;
  if (letters < 3 || value.length < 6) return false;
  // "web#1187" is an issue.
  if (oddSign.test(value)) return !/#[Lc]?\d+[a-z]?$/.test(value);
  const parts = value.split(/[-_./]/);
  return parts.length > 1 && parts.some((part) => spelled.test(part) && !looksNamed(part));
}

/** "log4shell", "s3bucket": in the names of programs a number stands for a word. */
function looksNamed(part: string): boolean {
  return /^[a-z]+4[a-z]+$|^[a-z][13]/.test(part) && !looksSpelled(part);
}

function goesOn(text: string, end: number): boolean {
  return /^(?:["'`”,;)]|\s+(?:\p{Ll}|[(–—-]))/u.test(text.slice(end, end + 3));
}

/** "it's the dog's name and the year, so Biscuit2016, for the old account" */
const weak =
  /((?<![a-z])(?:so|[Ii]t['’]?s|[Tt]hat['’]?s|i\.e\.|namely|which makes|also|[Cc]['’]est|das macht|o sea),?\s+["'`“]?)(\p{Lu}\p{Ll}{3,}\d{2,4})(?![\p{L}\d_/-]|\.\d)/gu;
const account = new RegExp(
  String.raw`(?<![a-z])(?:accounts?|admin|root|log(?:s|ged)?[ -]?in|logins?|konto|compte|cuenta)(?![a-z])|${password.source}`,
  "i",
);

/** A word with a number is one where somebody explains how it was made up. */
export function withoutExplained(text: string): string {
  return text.replaceAll(weak, (whole, before: string, _: string, at: number) =>
    account.test(text.slice(Math.max(0, at - around), at + around)) ? before + redacted : whole,
  );
}

/** "root-pw-is-Gans!9.txt": files are called by what is in them. */
export const inFileName =
  /((?<![a-z])(?:pass(?:word|wd|phrase|code)?|pwd|pw|passwort|kennwort)[-_.](?:is|was|ist|=)[-_.])(?=[^\s"'`/]*\d)([^\s"'`/]{4,60}?)(?=\.[a-z]{2,4}(?!\w)|["'`\s]|$)/gi;

/** "the archive opens with V": no word of it says that V is a secret. */
export const openedWith: Saying = {
  pattern:
    /((?<![a-z])(?:vaults?|archives?|zips?|disks?|drives?|sticks?|volumes?|files?|databases?|keychains?|wallets?|backups?|dumps?|pdfs?|images?|containers?|keystores?|safes?|phones?|laptops?|it)(?![a-z])[^.\n]{0,60}?(?:opens?|opened|unlocks?|unlocked|decrypts?|decrypted|unzips?|extracts?|mounts?)\s+with\s+["'`“]?)([^\s"'`”,;()]{6,64})/gi,
  isSecret: (chosen) => looksTyped(chosen) || /^[a-z]{3,}(?:-[a-z]{3,}){2,}[.!?]*$/i.test(chosen),
};

/** `-p V`, whatever program it is: what looks like a secret there is neither a port nor a project. */
export const option: Saying = {
  pattern:
    /((?<![^\s`])-{1,2}(?:p|P|w|W|pw|pass|passwd|passphrase|upw|opw)(?:[ \t]{1,4}|=)["']?)([^\s"'`;|()]{6,64})/g,
  isSecret: looksTyped,
};

function looksTyped(value: string): boolean {
  if (otherwise.test(value)) return false;
  // "Press_Kit2" is a project.
  if (/^[A-Z]?[a-z]+(?:_[A-Z]?[a-z]+)*\d?$/.test(value)) return false;
  return looksStrong(value) || looksMade(value) || looksOdd(value);
}
