import { isPlainWord } from "../../secrets/plain-word.ts";
import { isAboutSecret } from "../../secrets/secret-name.ts";
import { looksChosen, looksJoined, looksMade, looksSpelled, looksStrong } from "./looks-secret.ts";

/** Other languages have these for what people write a secret behind; compounds end in them. */
const foreign =
  "passw[oö]rt(?:e[rs]?)?|kennwort|zugangs(?:daten|code)|(?:api|geheim|zugangs|zugriffs|lizenz)[- ]?schlüssel|geheimnis|mots? de passe|mdp|jetons?|clés? (?:d['’](?:api|accès)|api|secrète|privée|wi-?fi)|identifiants|contrase(?:ñ|n)as?|(?<!(?:const|let|var) )claves?|credenciales|senhas?|wachtwoord|lösenord|hasło|heslo|парол[ья]";
/** What lets in who has lost the rest, or signs once. */
const foreignCodes = String.raw`c[óo]d(?:igos?|ici|ice) d[ei] (?:recupera(?:ción|cion|ção|cao)|recupero|respaldo|backup|seguridad|segurança|sicurezza|acceso|acesso|accesso)|codes? de (?:récupération|secours|sécurité|sauvegarde|déverrouillage)|(?:wiederherstellungs|sicherungs|sicherheits|notfall|backup|einmal|freischalt|zutritts)-?codes?|(?:herstel|back-?up)codes?`;
const eastern = "密[码碼钥鑰]|口令|令牌|访问码|パスワード|비밀번호";
const loginWords =
  "credentials?|creds|logins?|log(?:ged)? ?in|sign(?:ed)? ?in|anmeld[a-zäöü]*|einloggen|zugangsdaten|zugang|connexion|identifiants|acceso|credenciales";
const easternLogin = "登[录錄陆]|[账帐]号|ログイン";

/** A commit, an image or an action is pinned to what everybody may see. */
const pin = String.raw`(?<!(?:commit|action|image|digest|dependency|workflow|submodule|sha)[ _-])pin`;

/** Words behind which people write a secret in a sentence. */
export const secretWord = new RegExp(
  String.raw`(?<![a-z])(?:(?<!\b(?:must|to|should|checks|tests|will|can|may) )pass(?:word|wd|phrase|code)?s?|phrase|pwd|secrets?|tokens?|credentials?|creds|api[- _]?keys?|access[- _]?keys?|private[- _]?keys?|signing[- _]?keys?|deploy[- _]?keys?|license[- _]?keys?|encryption[- _]?keys?|(?<!\w)\w{0,40}keys?|bearer|authorization|auth|${pin}|puk|psk|m?tan|otp|totp|2fa|mnemonic|codes?|combination|pw|salt|cookies?|session id|connection string|dsn|log(?:ged)? ?in|sign(?:ed)? ?in|admin|root)(?![a-z])|${foreign}|${foreignCodes}|${loginWords}|${eastern}|${easternLogin}`,
  "i",
);
/** In the name of a file or a branch it says nothing of what else is there. */
export const standsAlone = new RegExp(String.raw`(?:${secretWord.source})(?![-_./~]\w)`, "i");
const codes =
  "(?:recovery|backup|access|security|unlock|door|gate|entry|2fa|mfa|one[- ]time)[- ]codes?|(?:safe|lock) combination|combination (?:of|for) the (?:safe|lock)";
const passWords = "pass(?:word|wd|phrase|code)?|pwd|pw";
export const named = String.raw`(?:(?<![a-z])(?:(?:${passWords}|secret|token|${pin}|puk|otp|api[- ]?key|wi-?fi key|credential)s?|${codes})|${foreignCodes}|${foreign})(?![a-z]|[-_][a-z])`;
const quotes = "[\"'`“„«*]{0,3}";
const one = "[^\\s\"'`“”«»,;，。；、]";
const value = `\\s+${quotes})(${one}{4,200})`;
const sets = String.raw`(?:\bis|\bare|\bwas|\bwere|\bit['’]?s|\bto|\bstays?|\bremains?|\breads|\bequals|=|:|→|[-=]>|\bbecomes?|\bnow|\bist|\bsind|\blaute[nt]|\bbleibt|\bheißt|\best|\breste|\bes|\bson|\bsont|\bsono|\bsão|\bzijn|\bär|(?<=\s)é)(?: (?:still|now|just|currently|again|noch|immer|toujours))?`;
/** No end of a sentence: a dot within a name is none. */
const within = String.raw`(?:[^.\n]|\.(?=\S)){0,60}?`;

export interface Saying {
  /** Its groups are what stays in front, the value, and what stays behind. */
  readonly pattern: RegExp;
  readonly isSecret: (value: string, before: string) => boolean;
}

const strong = (chosen: string): boolean => looksStrong(chosen) || looksMade(chosen);

/** How people say what a secret is, the surest first. */
export const sayings: readonly Saying[] = [
  // "the password of web is V" before "the password of V".
  { pattern: new RegExp(`(${named}${within}${sets}${value}`, "gi"), isSecret: isSaid },
  {
    pattern: new RegExp(
      String.raw`(${named}${within}(?<!out )\bof${value}(?!${one}|\s+(?:is|are|was|were|has|have)\b)`,
      "gi",
    ),
    isSecret: isSaid,
  },
  // The first word behind "is" need not be the value: "was changed to V".
  {
    pattern: new RegExp(
      String.raw`(${named}${within}(?:\bto|\bis|\bnow|\bwas|:)\s+${quotes})(?=\S*[\d!@#$%^&*])(${one}{4,200})`,
      "gi",
    ),
    isSecret: isSaid,
  },
  {
    pattern: new RegExp(
      String.raw`((?:${eastern})[^。\n]{0,20}?(?:是|为|為|は|는|[:：=]|改成|改为)\s{0,4}["'“「『\x60]?)([^\s"'\x60”」』,;，。；、）\u3040-\u9fff]{4,200})`,
      "g",
    ),
    isSecret: looksChosen,
  },
  // Foreign words have their colon where no name of code has one.
  {
    pattern: new RegExp(`((?:${foreign})\\s?[:=]${quotes})(${one}{4,200})`, "gi"),
    isSecret: looksChosen,
  },
  // "the shared secret changed, web wants V"
  {
    pattern: new RegExp(
      String.raw`(${named}${within}\b(?:wants|expects|accepts|takes|needs|uses?|using|with|try|enter|typed?)${value}`,
      "gi",
    ),
    isSecret: (chosen) => strong(chosen) || looksSpelled(chosen),
  },
  // "what was the root pass? Ana: V"
  {
    pattern: new RegExp(
      String.raw`(${named}[^?\n]{0,100}\?\s{0,4}(?:[^\s:][^\n:]{0,30}:\s{1,4})?["'\x60]?)(${one}{6,200})`,
      "gi",
    ),
    isSecret: strong,
  },
  // "V is the root password", "typed V as password"
  {
    pattern: new RegExp(
      String.raw`((?<![^\s"'\x60“(]))(${one}{6,200})(?=["'\x60”]?\s(?:is|was|as)\s(?:(?:the|our|my|your|its|this|an?)\s)?(?:[\w-]{1,20}\s){0,2}${named}(?:[.,;:!)]|\s+(?:of|for|on|at|to|in|and)\b|\s*$))`,
      "gi",
    ),
    isSecret: strong,
  },
  // "user admin and password V", "credentials are bob:V", "admin/V": nothing but what it looks like says that it is one.
  {
    pattern: new RegExp(String.raw`((?<![a-z])(?:${passWords})\s+${quotes})(${one}{6,200})`, "gi"),
    isSecret: (chosen) => strong(chosen) || looksJoined(chosen),
  },
  // "the admin password (V)", 'password "V"'
  {
    pattern: new RegExp(
      String.raw`((?<![a-z])(?:(?:${passWords})s?|${foreign})\s{1,3}(?:[([]\s?["'\x60“„]?|["'\x60“„]))([^\s"'\x60”“()[\]]{6,200})(?=["'\x60”“)\]])`,
      "gi",
    ),
    isSecret: (chosen, before) => (/["'`“„]$/.test(before) ? looksChosen(chosen) : strong(chosen)),
  },
  // "PIN 739264, PUK 51820437": in small letters these are other words, unless somebody has them.
  {
    pattern:
      /((?<![\w-])(?:PIN|PUK|[mi]?TAN|(?:[Tt]he|[Mm]y|[Oo]ur|[Yy]our|[Ii]ts|[Dd]ie|[Dd]er|[Ll]e|[Ee]l|SIM|[Ss]im|[Cc]ard|[Dd]oor|[Ww]ith|and)[ -](?:pin|puk|Pin|Puk))(?:[ -]?(?:code|number))?\s{1,3}["'`“(]{0,2})(\d{4,12})(?![\w-]|[.,:]\d)/g,
    isSecret: () => true,
  },
  // "on wifi lab, key is V"
  {
    pattern:
      /((?<![a-z])(?:wi-?fi|wlan|ssid|hotspot|wpa\d?)(?![a-z])[^.\n]{0,60}?(?<![a-z])(?:(?:key|pass(?:word|phrase|code)?|pw|schlüssel|passwort|clave|clé)(?:\s(?:is|ist|es|est)|\s?[:=])|psk(?:\s(?:is|ist|es|est)|\s?[:=]|(?=\s+\S*\d)))\s{1,3}["'`“]?)([a-z\d]{8,63})(?=["'`”]?(?:[.,;:!)]|\s*$|\s[-–—]\s))/gim,
    isSecret: (chosen) => !isPlainWord(chosen),
  },
  {
    pattern: /((?<![a-z])(?:pin|psk|secret|token|key)\s+["'`“]?)([^\s"'`”,;]{6,200})/gi,
    isSecret: looksStrong,
  },
  {
    pattern: new RegExp(
      String.raw`((?:(?<![a-z])(?:${loginWords})(?![a-z])|${easternLogin})[^\n]{0,40}?[\s"'\x60][\w.@-]{2,40}(?:\s?[:/]|\s(?:and|und|et|y))\s?)([^\s"'\x60”,;/]{6,200})(?![^\s"'\x60”,;/]|\s[:/]\s)`,
      "gi",
    ),
    isSecret: (chosen) => strong(chosen) || looksJoined(chosen),
  },
  // "key: 14871:…": who it is of, and a UUID that lets them in.
  {
    pattern:
      /((?<![a-z])(?:(?<!\b(?:cache|row|partition|idempotency|primary|foreign|sort|object|message|routing|shard|hash)[ _-])key|token|secret)\s?[:=]\s{0,3}["'`“]?)(\d{1,10}:[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})(?![\w-])/gi,
    isSecret: () => true,
  },
  {
    pattern:
      /((?<![\w/.-])(?:admin|root|user|administrator|deploy|test|demo|guest|postgres|sa)\s?[:/]\s?)([^\s"'`”,;/]{6,200})/gi,
    isSecret: (chosen) => looksStrong(chosen) || isMixed(chosen),
  },
];

const pinned = /^[a-z][\w.-]*(?:\[[\w,-]+\])?(?:[=~<>!]=|@)v?\d+(?:\.[\d*]+)+[.?)]*$/;

/** "LgAWv$YlEgnob": no word has such a sign between letters of both cases. */
function isMixed(chosen: string): boolean {
  return /\w[$!#%^&*~]\w/.test(chosen) && /[a-z]/.test(chosen) && /[A-Z].*[A-Z]/.test(chosen);
}

/** "token lifetime" and "password policy" are about one; a number alone counts tokens, but opens what a PIN does. */
export function isSaid(chosen: string, before: string): boolean {
  const about = /^\S+[ -]([a-z]+)\b/i.exec(before.replace(/^\w+[- ]codes?/i, "code"))?.[1] ?? "";
  if (isAboutSecret(about.toLowerCase())) return false;
  // A pin of a chip is "GPIO48".
  if (
    /^pins?\b/i.test(before) &&
    /^(?:GPIO|BCM|IO|D(?:IN|OUT)?|A|P[A-K]|J|TP)_?\d{1,3}[.!?)]*$/i.test(chosen)
  )
    return false;
  // So is the pin of a package: "numpy==2.1.4".
  if (/^pins?\b/.test(before) && pinned.test(chosen)) return false;
  // A pass of a compiler is "core.o".
  if (/^pass\b/i.test(before) && /^[\w-]+\.[a-z]\w{0,3}[.!?)]*$/.test(chosen)) return false;
  if (/^\d{4,8}[.!?)]*$/.test(chosen))
    return /^(?:pass|pwd|pin|puk|otp|\w+[- ]code|c[óo]d)/i.test(before);
  return looksChosen(chosen);
}
