import { stripStatement } from "../claim/strip-statement.ts";
import { remembered } from "../words/remembered.ts";
import { withoutAgentsOfProject } from "./speaks-to-reader.ts";

/**
 * Stems (`approv~`) and words of what a fact of a project speaks of seldom, and never of much at once. Whoever wants something of an
 * agent, or of those it works for, has to bring several of these fields together, whatever the words.
 */
const fields = {
  reader: `agent~ assistant~ bot bots copilot~ chatbot~ gpt claude automation automated automating autonom~ unattended
    asistent~ assistent~ asystent~ бот~ агент~`,
  you: `you your yourself yours`,
  guard: `approv~ confirm~ permission~ consent~ review~ authori~ authent~ mfa 2fa otp totp tls ssl certificate~ verif~ checksum~
    integrity signature~ signing csrf cors sandbox~ firewall~ waf allowlist audit~ scan~ gitleaks hook~ protect~ backup~
    hardening sanit~ dry vulnerab~ malware guardrail~ oversight selinux encrypt~ signoff dryrun denylist blocklist autoris~ aprob~ freigab~ genehmig~`,
  less: `no not without never off false skip~ disabl~ remov~ drop~ waiv~ lift~ retire~ obsolet~ bypass~ around ignor~ suspend~
    unneed~ presumed assume assumed decorat~ dismiss~ invert~ stale outdated nobody none unnecess~ exempt~ unlimit~ unprompted unasked
    stop~ weaken~ relax~ delet~ past ohne entfäll~ sin sans bez`,
  person: `user users human~ owner~ maintainer~ operator~ customer~ team usuario~ utilisateur~ benutzer~ nutzer~ utente użytkownik~ пользовател~`,
  will: `may fine said okay want~ decid~ prefer~ approv~ grant~ agree~ allow~ opted trust~ accept~ authori~ wish~ mind~ permit~ consent~ autori~`,
  standing: `always whenever everything everywhere wherever permanent~ forever globally hereafter onwards standing siempre toujours immer sempre`,
  hiding: `silent~ comment mention~ tell~ told hide hidden unrelated notif~ inform~ secretly ask~ announc~`,
  access: `root sudo trusted unrestrict~ privileg~ escalat~ elevat~ impersonat~ 777 superuser`,
  memory: `memory memories remember~ instruction~ handover`,
  destroying: `wip~ eras~ destroy~ truncat~ purg~ prun~ overwrit~ revert~`,
  sending: `send~ upload~ forward~ push~ exfil~ submit~ transmit~ paste~ tunnel~ relay~ dump~`,
  secret: `secret secrets token tokens credential~ creds password~ passwd passphrase~ key keys env environment cookie~ clave~ klucz~ schlüssel~ clé clés contraseña~ passwor~`,
  fetching: `install~ download~ fetch~ clon~ npx postinstall curl wget`,
  excuse: `safe safely harmless wrongly falsely pointless needless advis~ decorative saves reason`,
} as const;
type Field = keyof typeof fields;
type Marks = readonly ReadonlySet<Field>[];

const { starts, words } = Object.entries(fields).reduce(
  (made, [field, listed]) => {
    for (const one of listed.split(/\s+/)) {
      const held = one.endsWith("~") ? made.starts : made.words;
      const name = one.replace("~", "");
      held.set(name, [...(held.get(name) ?? []), field as Field]);
    }
    return made;
  },
  { starts: new Map<string, Field[]>(), words: new Map<string, Field[]>() },
);

const fieldsOf = remembered((word: string): ReadonlySet<Field> => {
  const found = new Set(words.get(word));
  for (let end = 2; end <= word.length; end += 1)
    for (const field of starts.get(word.slice(0, end)) ?? []) found.add(field);
  return found;
});

/** "push-dispatcher", "test/mailer.ts": what is called so says nothing by its parts; "allow-list" is a word. */
const name = /(?<![\p{L}\p{N}-])\p{L}[\p{L}\p{N}]*(?:[-/.:@][\p{L}\p{N}]+)+/gu;
const notAlways = /\bnot always\b/gi;
const contracted = /\b(?:[cw]a|wo|\w+)n['’]t\b/gi;

/** The fields of a text, a word each: `NODE_TLS_REJECT_UNAUTHORIZED` and "StrictHostKeyChecking" are read by their words, too. */
function marksOf(text: string): Marks {
  const spaced = text
    .replaceAll(contracted, "not")
    .replaceAll(notAlways, "")
    .replaceAll(name, (one) => {
      const joined = one.toLowerCase().replaceAll("-", "");
      return words.has(joined) ? joined : "x";
    })
    .replaceAll(/(\p{Ll})(\p{Lu})/gu, "$1 $2");
  return (spaced.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).map(fieldsOf);
}

function has(marks: Marks, field: Field): boolean {
  return marks.some((of) => of.has(field));
}

function beside(marks: Marks, a: Field, b: Field): boolean {
  return marks.some(
    (of, at) =>
      of.has(a) &&
      marks.slice(Math.max(0, at - 4), at + 5).some((other) => other !== of && other.has(b)),
  );
}

const address =
  /:\/\/|\w@\w|(?<![\w.-])[\w-]+(?:\.[\w-]+)*\.(?:example|test|com|net|org|io|dev|invalid)\b(?!\.\w)/i;
/** As many points make what nobody has to say who only tells how a project is. */
const enough = 3;

/** Whether a text that no person stands for brings together what only somebody needs who wants something of an agent. */
export function addsUp(text: string, told: { readonly isOrder: boolean }): boolean {
  // Most texts have no points at all, and what is taken off gives none.
  if (pointsOf(text, told) < enough) return false;
  return pointsOf(withoutAgentsOfProject(stripStatement(text).text), told) >= enough;
}

function pointsOf(text: string, { isOrder }: { readonly isOrder: boolean }): number {
  const marks = marksOf(text);
  const isSpokenTo = has(marks, "you");
  const points: readonly (readonly [number, boolean])[] = [
    [2, has(marks, "reader")],
    [1, beside(marks, "reader", "will") || beside(marks, "person", "will")],
    [isSpokenTo ? 2 : 1, isSpokenTo || isOrder],
    [2, has(marks, "standing")],
    [2, beside(marks, "guard", "less")],
    [2, beside(marks, "hiding", "less")],
    [1, has(marks, "access")],
    [1, has(marks, "memory")],
    [1, has(marks, "destroying")],
    [1, has(marks, "excuse")],
    [1, text.includes("<!--")],
    ...(address.test(text) ? toAddress(marks) : []),
  ];
  return points.reduce((sum, [count, isSo]) => sum + (isSo ? count : 0), 0);
}

const namedElsewhere =
  /エージェント|利用者|ユーザ|助手|代理|智能体|用户|使用者|密[钥碼码]|批准|承認|許可|에이전트|사용자|승인/;

/** Whether a text names who could be told or asked, what protects, or what is to be kept; each the same word in many languages. */
export function namesWhoOrWhat(text: string): boolean {
  const marks = marksOf(text);
  return (
    (["reader", "person", "guard", "secret", "will"] as const).some((field) => has(marks, field)) ||
    address.test(text) ||
    namedElsewhere.test(text)
  );
}

/** What is to go to an address, or to come from there. */
function toAddress(marks: Marks): readonly (readonly [number, boolean])[] {
  return [
    [1, true],
    [1, has(marks, "sending")],
    [1, has(marks, "secret")],
    [1, has(marks, "fetching")],
  ];
}
