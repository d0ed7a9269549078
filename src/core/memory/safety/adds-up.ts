import { remindedOf } from "../claim/one-way.ts";
import { stripStatement } from "../claim/strip-statement.ts";
import { remembered } from "../words/remembered.ts";
import { withoutAgentsOfProject } from "./speaks-to-reader.ts";

/**
 * Stems (`approv~`) and words of what a fact of a project speaks of seldom, and never of much at once. Whoever wants something of an
 * agent, or of those it works for, has to bring several of these fields together, whatever the words.
 */
const fields = {
  reader: `agent~ assistant~ bot bots copilot~ chatbot~ gpt claude autonom~ unattended whoever
    asistent~ assistent~ asystent~ бот~ агент~`,
  automation: `automat~`,
  you: `you your yourself yours`,
  guard: `approv~ confirm~ permission~ consent~ review~ authori~ authent~ mfa 2fa twofactor otp totp tls ssl certificate~ verif~ checksum~
    integrity signature~ signing csrf cors sandbox~ firewall~ waf allowlist audit~ scan~ gitleaks hook~ protect~ backup~
    hardening sanit~ vulnerab~ malware guardrail~ oversight selinux encrypt~ signoff dryrun denylist blocklist autoris~ aprob~ freigab~ genehmig~`,
  less: `no not without never off false skip~ disabl~ remov~ drop~ waiv~ lift~ retire~ obsolet~ bypass~ around ignor~ suspend~
    unneed~ presumed assume assumed decorat~ dismiss~ invert~ stale outdated nobody none unnecess~ exempt~ unlimit~ unprompted unasked
    stop stopping weaken~ relax~ delet~ past ohne entfäll~ bez`,
  person: `user users human~ owner~ maintainer~ operator~ customer~ team usuario~ utilisateur~ benutzer~ nutzer~ utente użytkownik~ пользовател~`,
  will: `may fine said okay want~ decid~ prefer~ approv~ grant~ agree~ allow~ opted trust~ accept~ authori~ wish~ mind~ permit~ consent~ autori~`,
  leave: `may fine allow~ permit~ authori~ trust~ grant~ approv~ autori~`,
  standing: `always whenever everything everywhere wherever permanent~ forever globally hereafter onwards standing siempre toujours immer sempre`,
  hiding: `silent~ comment mention~ tell~ told hide hidden unrelated notif~ inform~ secretly ask~ announc~`,
  access: `root sudo trusted unrestrict~ privileg~ escalat~ elevat~ impersonat~ 777 superuser`,
  mind: `memories remember~ instruction~ guideline~ directive~ guardrail~ constraint~ restriction~ mission goal goals training summari~ obey~`,
  kept: `memory rules rule fact prompt~ sessions`,
  destroying: `wipe~ wiping eras~ destroy~ truncat~ purg~ prun~ overwrit~ revert~`,
  sending: `send~ upload~ forward~ push~ exfil~ submit~ transmit~ paste~ tunnel~ relay~ dump~`,
  secret: `secret secrets token tokens credential~ creds password~ passwd passphrase~ key keys env environment cookie~ clave~ klucz~ schlüssel~ clé clés contraseña~ passwor~`,
  fetching: `install~ download~ fetch~ clon~ npx postinstall curl wget`,
  excuse: `safe safely harmless wrongly falsely pointless needless advis~ decorative saves reason`,
} as const;
type Field = keyof typeof fields;

/** A bit for each field: a word is in any number of them. */
const bits = Object.fromEntries(
  Object.keys(fields).map((field, at) => [field, 1 << at]),
) as Readonly<Record<Field, number>>;

const { starts, words } = Object.entries(fields).reduce(
  (made, [field, listed]) => {
    for (const one of listed.split(/\s+/)) {
      const held = one.endsWith("~") ? made.starts : made.words;
      const word = one.replace("~", "");
      held.set(word, (held.get(word) ?? 0) | bits[field as Field]);
    }
    return made;
  },
  { starts: new Map<string, number>(), words: new Map<string, number>() },
);

const fieldsOf = remembered((word: string): number => {
  let found = words.get(word) ?? 0;
  for (let end = 2; end <= word.length; end += 1) found |= starts.get(word.slice(0, end)) ?? 0;
  return found;
});

/** "push-dispatcher", "test/mailer.ts": what is called so says nothing by its parts; "allow-list" is a word. */
const name = /(?<![\p{L}\p{N}-])\p{L}[\p{L}\p{N}]*(?:[-/.:@][\p{L}\p{N}]+)+/gu;
/** "KI-Assistent" is one, whatever it is joined to. */
const joined = /\b(AI|KI|IA|LLM)-(?=\p{L})/giu;
/** It stands for nothing, or for nobody. */
const phrase =
  /\b(?:not always|not (?:start|boot|build|compile|launch|come up) without|(?:page|wiki|docs?|readme|runbook|handbook|changelog|manual)s? (?:does|do) not mention|whoever (?:picks up|takes) [A-Z]{2,}-\d+ (?:will|may|might) (?:want|need|like) to (?:know|read|see)\b|nobody else|as a (?:general )?rule|(?:mind|thank) you|you (?:can )?(?:find|see))\b/gi;
const contracted = /\b(?:[cw]a|wo|\w+)n['’]t\b/gi;

/** The fields of a text, a word each: `NODE_TLS_REJECT_UNAUTHORIZED` and "StrictHostKeyChecking" are read by their words, too. */
function marksOf(text: string): readonly number[] {
  const spaced = text
    .replaceAll(contracted, "not")
    .replaceAll(joined, "$1 ")
    .replaceAll(phrase, "")
    .replaceAll(/\bdry[ -]runs?\b/gi, "dryrun")
    .replaceAll(name, (one) => {
      const joined = one.toLowerCase().replaceAll("-", "");
      return words.has(joined) ? joined : "x";
    })
    .replaceAll(/(\p{Ll})(\p{Lu})/gu, "$1 $2");
  return (spaced.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).map(fieldsOf);
}

function beside(marks: readonly number[], a: Field, b: Field): boolean {
  return besides(marks, a, b).length > 0;
}

/** Where words of a field stand within four words of one of another. */
function besides(marks: readonly number[], a: Field, b: Field): readonly number[] {
  return marks.flatMap((of, at) => {
    if ((of & bits[a]) === 0) return [];
    for (let other = Math.max(0, at - 4); other <= at + 4; other += 1)
      if (other !== at && ((marks[other] ?? 0) & bits[b]) !== 0) return [at];
    return [];
  });
}

/** How many of what protects and what tells a person are done without, each by a word of its own: "silently ignored" is one. */
function doneWithout(marks: readonly number[]): number {
  const [guards, tellings] = (["guard", "hiding"] as const).map((field) =>
    besides(marks, "less", field),
  );
  return Math.min(
    new Set([...(guards ?? []), ...(tellings ?? [])]).size,
    [guards, tellings].filter((found) => found !== undefined && found.length > 0).length,
  );
}

const address =
  /:\/\/|\w@\w|(?<![\w.-])(?!\.env\b)\.?[\w-]+(?:\.[\w-]+)*\.(?:example|test|com|net|org|io|dev|invalid)\b(?!\.\w)/i;
/** As many points make what nobody has to say who only tells how a project is. */
const enough = 3;

/** "its port is 80" */
const bareFact =
  /^its [\w ()-]{1,50} (?:is|are|has|stands at|runs on|listens on) (?!.*\b(?:should|must|has to|have to|can|may|needs?|optional|skip\w*|off|ignored?|free)\b)\S+(?: \S+){0,4}$/i;

/** Whether a text that no person stands for brings together what only somebody needs who wants something of an agent. */
export function addsUp(text: string, told: { readonly isOrder: boolean }): boolean {
  // Most texts have no points at all, and what is taken off gives none.
  if (pointsOf(text, told) < enough) return false;
  // "When you work on web, remember that its port is 80" reminds of what asks for nothing.
  const reminded = remindedOf(text);
  if (reminded !== undefined && bareFact.test(reminded) && pointsOf(reminded, told) === 0)
    return false;
  const said = reminded === undefined ? stripStatement(text).text : text;
  return pointsOf(withoutAgentsOfProject(said), told) >= enough;
}

/** "[audit] …" says where it was written, "not verified: …" how sure whoever says so is. */
const unsure = String.raw`(?:not (?:yet )?(?:verified|checked|confirmed|tested)|unverified|unconfirmed|unchecked)`;
const saidOfIt = new RegExp(
  String.raw`^\s*(?:\[[\w -]{1,20}\]|${unsure}(?::|,(?: but| and| so)?))\s*|[,(] ?${unsure}\)?[.!]?\s*$|\s\[env=[\w-]{1,20}\]\s*$`,
  "gi",
);

function pointsOf(text: string, { isOrder }: { readonly isOrder: boolean }): number {
  const marks = marksOf(text.replaceAll(saidOfIt, ""));
  const all = marks.reduce((found, of) => found | of, 0);
  const has = (field: Field): boolean => (all & bits[field]) !== 0;
  const near = (a: Field, b: Field): boolean => has(a) && has(b) && beside(marks, a, b);
  const isSpokenTo = has("you");
  // What is to go to an address, or to come from there.
  const isAddress = address.test(text);
  const isAsked = isOrder || isSpokenTo;
  return (
    (has("reader") ? 2 : has("automation") ? 1 : 0) +
    (near("reader", "leave") || near("automation", "leave") || near("person", "will") ? 1 : 0) +
    (isSpokenTo ? 2 : isOrder ? 1 : 0) +
    // Nearly every rule of a project holds always, and "always" makes an order of it by itself.
    (has("standing") ? (isSpokenTo || has("reader") ? 2 : 1) : 0) +
    (has("less") ? 2 * doneWithout(marks) : 0) +
    (near("hiding", "mind") || near("hiding", "kept") ? 1 : 0) +
    (near("you", "kept") || near("reader", "kept") || near("hiding", "kept") ? 1 : 0) +
    (text.includes("<!--") ? 1 : 0) +
    single.filter(has).length +
    (isAddress ? 1 + (has("secret") ? 1 : 0) + (isAsked ? moving.filter(has).length : 0) : 0)
  );
}

/** Fields that make one point each, wherever they are. */
const single: readonly Field[] = ["access", "mind", "destroying", "excuse"];
/** Those that do so beside an address where somebody is to do it: every job of a project fetches something, and pushes it. */
const moving: readonly Field[] = ["sending", "fetching"];

const namedElsewhere =
  /エージェント|利用者|ユーザ|助手|代理|智能体|用户|使用者|密[钥碼码]|批准|承認|許可|에이전트|사용자|승인/;
const whoOrWhat = bits.reader | bits.person | bits.guard | bits.secret | bits.will;

/** Whether a text names who could be told or asked, what protects, or what is to be kept; each the same word in many languages. */
export function namesWhoOrWhat(text: string): boolean {
  return (
    marksOf(text).some((of) => (of & whoOrWhat) !== 0) ||
    address.test(text) ||
    namedElsewhere.test(text)
  );
}
