import { redacted } from "../../secrets/redact.ts";
import { foreignSets } from "./foreign-words.ts";
import { isOtherNumber } from "./is-other-number.ts";

/** What is opened, or signed, with a number. */
const opened =
  "door|gate|entry|entrance|alarm|access|security|unlock|lock|safe|keypad|vault|garage|barrier|lift|elevator|locker|(?:lock|key)box|cabinet|(?:dis)?arm(?:ing)?|burglar|override|bypass|verification|confirmation|log[- ]?in|sign[- ]?in|auth(?:ori[sz]ation|entication)?|one[- ]time|sms|2fa|mfa|backup|recovery|reset|pairing|installer|supervisor|manager|voicemail|parental|screen|card|sim|bank";
const code = String.raw`(?<![a-z])(?:(?:${opened})[- ](?:pin[- ]?)?(?:codes?|overrides?|combinations?)|(?:manager|supervisor|admin)[- ]override|pin[- ]?(?:code|number|nummer|nr|kod|kode|kód)s?|pins?|puks?|(?:tür|tor|alarm|zugangs|freigabe|storno|deur|toegangs|porte?|acces)-?codes?|geheimzahl|zutrittscode|digicode|code (?:de l['’]|du |de la )(?:alarme|portail|porte|immeuble)|c[óo]digo de (?:la |el |o )?(?:puerta|porta|alarma|alarme|acceso|acesso)|codice (?:dell['’]|del |della )(?:allarme|cancello|porta))(?![a-z])`;
const number = String.raw`([*#]?[A-F]?\d{3,8}[A-F]?[*#]?)(?![\w-]|[.,:]\d|\s?(?:digits?|stellen|chars?|%|times|users?|seconds?|s|ms|min|bit|bytes)(?![a-z]))`;
const said = new RegExp(
  String.raw`(${code}(?:[^.\n]{0,60}?(?:['’]s|(?<![\p{L}-])(?:is|was|are|to|now|reads|takes|wants|${foreignSets})|[:=→])|\s*[:=,]?)\s{1,3}["'\x60“(]{0,2})${number}`,
  "giu",
);
/** "Ihr Code lautet 492817": who is sent one is told so. */
const sent = new RegExp(
  String.raw`((?<![\p{L}])(?:your|ihr|dein|votre|ton|tu|su|il tuo|seu|jouw|je|uw|din|ditt|twój|váš)\s(?:[\w-]{1,20}\s){0,2}(?:pass|pin)?-?c?[ck][oó]d(?:e|igo|ice)?\s?(?:is|lautet|ist|est|es|è|é|to|:)\s{1,3})(\d{3}[ -]?\d{3}|\d{4,8})(?![\w-])`,
  "giu",
);
const sentFirst = /(?<![\w-])((?:[A-Z]-)?\d{4,8})(?= is your [\w ]{1,40}code)/g;
/** The key that one presses behind it stands there, too. */
const keyed = /(?<![\w#*])(?:\d{3,8}[#*]|\*\d{3,8}#?)(?![\w#*])/g;
const keypad =
  /(?<![a-z])(?:code|keypad|alarm|door|gate|pin|kod|код|двер|bram|deur|dør|dörr|arm|disarm|unlock|entry|tür|tor|raute|porte|puerta)(?![a-z])/i;
/** "left 34, right 12, left 77" */
const dial =
  /(?<![a-z])(?:(?:left|right|links|rechts|L|R)\s?\d{1,2}[\s,;-]{1,3}){2,5}(?:left|right|links|rechts|L|R)\s?\d{1,2}(?!\w)/gi;
/** "the combination is 4-7-1-9" */
const combination =
  /((?<![a-z])(?:safe|lock|combination|vault|padlock|locker|tresor|schloss)(?![a-z])[^.\n]{0,60}?(?<![a-z])(?:is|are|with|to|:)\s+)(\d{1,2}(?:[- ]\d{1,2}){2,5})(?![\w-]|[.:]\d)/gi;
/** "90210 disarms it" */
const opens =
  /(?<![\w.:#-])\d{4,8}(?=[*#]? (?:(?:dis)?arms|opens|unlocks|releases) (?:it|the|them|this|that|us))/gi;
const locked = /(?<![a-z])(?:safe|lock(?:er)?|combination|vault|padlock|tresor|schloss)(?![a-z])/i;
const around = 100;

/** Takes out the numbers that one types at a door, a till or an alarm, and those that are sent to sign in with. */
export function withoutSpokenCodes(text: string): string {
  const near = (at: number): string => text.slice(Math.max(0, at - around), at + around);
  return text
    .replaceAll(said, (whole, before: string, value: string, at: number) =>
      isOtherNumber(text, { at, said: before, value }) ? whole : before + redacted,
    )
    .replaceAll(sent, `$1${redacted}`)
    .replaceAll(sentFirst, redacted)
    .replaceAll(keyed, (whole, at: number) => (keypad.test(near(at)) ? redacted : whole))
    .replaceAll(combination, `$1${redacted}`)
    .replaceAll(opens, redacted)
    .replaceAll(dial, (whole, at: number) => (locked.test(near(at)) ? redacted : whole));
}

const former =
  /((?<![\p{L}])(?:from|von|vom|de|da|van|från|fra|с|з|z)\s+["'`“]?)([^\s"'`”]*\d[^\s"'`”]*)(?=["'`”]?\s+(?:to|auf|à|a|para|por|naar|till|til|на|na)\s+["'`“]?\[redacted\])/giu;

/** "changed from 2244 to …": the old one may be in use elsewhere. */
export function withoutFormer(text: string): string {
  return text.replaceAll(former, `$1${redacted}`);
}
