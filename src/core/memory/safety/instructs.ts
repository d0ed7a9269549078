import type { Origin } from "../../../model/memory-observation.ts";
import { remembered } from "../words/remembered.ts";
import { addsUp, namesWhoOrWhat } from "./adds-up.ts";
import { carriesOff } from "./carries-off.ts";
import { either } from "./either.ts";
import { hiddenText } from "./hidden-text.ts";
import { hasForeign, isForeign } from "./is-foreign.ts";
import { isOrder } from "./is-order.ts";
import { loosens } from "./loosens.ts";
import { withoutProtection } from "./protects.ts";
import { speaksToReader } from "./speaks-to-reader.ts";
import { takesOver } from "./takes-over.ts";

export type Judge = typeof instructs;

/** The same for a whole dream, in which the same is said again and again. Its texts are forgotten with it. */
export function judgingOnce(): Judge {
  const byOrigin = new Map<Origin, (text: string) => string | undefined>();
  return (text, origin) => {
    const judge = byOrigin.get(origin) ?? remembered((one) => instructs(one, origin));
    byOrigin.set(origin, judge);
    return judge(text);
  };
}

/** Why a statement from a tool, a repository or the network may not become memory by itself; undefined when it may. */
export function instructs(text: string, origin: Origin): string | undefined {
  if (hidden.test(text.replaceAll(joinedEmoji, ""))) return "it has hidden characters";
  if (origin === "user") return undefined;
  if (otherAlphabet.test(text) && mixed.test(text)) return "it has letters that pose as others";
  const whole = text.normalize("NFKC");
  const spoken =
    origin === "external" ? whole : withoutProtection(whole.replace(toLaterSessions, ""));
  const within = hiddenText(spoken).find((plain) => instructs(plain, origin) !== undefined);
  if (takesOver(spoken) || within !== undefined)
    return "it speaks to the agent about its instructions";
  if (loads.test(spoken)) return "it has a program from the network run";
  if (wiping.test(spoken)) return "it destroys something";
  if (rooting.test(spoken)) return "it would loosen what protects the user";
  const isTold = isOrder(spoken) || toldYou.test(spoken);
  const isAddressed = origin === "external" || speaksToReader(spoken, { isLenient: false });
  if (loosens(spoken, { isTold, isAddressed })) return "it would loosen what protects the user";
  if (foreignDestructive.test(spoken) || destroying.test(spoken)) return "it destroys something";
  const carried = carriesOff(spoken, { isTold });
  if (carried !== undefined) return carried;
  const told =
    origin === "external" ? ofNetwork(spoken, isTold) : ofProject(spoken, isTold, origin);
  if (told !== undefined) return told;
  if (hasForeign(spoken) && namesWhoOrWhat(spoken))
    return "it is in a language that is not read here";
  return addsUp(spoken, { isOrder: isTold }) ? "it asks for more than a fact would" : undefined;
}

function ofProject(spoken: string, isTold: boolean, origin: Origin): string | undefined {
  const speaks = (origin !== "model" || isTold) && speaksToReader(spoken, { isLenient: true });
  if (speaks) return "it speaks to the agent";
  return isTold ? riskOf(spoken, origin) : undefined;
}

/** Nobody vouches for what comes from outside. */
function ofNetwork(spoken: string, isTold: boolean): string | undefined {
  if (isForeign(spoken)) return "it is in a language that is not read here";
  if (isTold) return "it tells the reader what to do";
  if (/\bhttps?:\/\//i.test(spoken)) return "it brings a new address";
  return speaksToReader(spoken, { isLenient: true }) ? "it speaks to the agent" : undefined;
}

/** What somebody is told to do, and is better asked about. */
function riskOf(spoken: string, origin: Origin): string | undefined {
  if (destructive.test(spoken.replace(emptiesCache, ""))) return "it destroys something";
  if (switchingOff.test(spoken)) return "it would switch off a check";
  const isStanding = origin !== "model" && absolute.test(spoken.replaceAll(notAlways, " "));
  return isStanding ? "it is a standing order" : undefined;
}

/** A note that an agent leaves is for whoever comes next; what it says is judged as all else. */
const toLaterSessions =
  /^\s*(?:a )?(?:notes?|reminders?) (?:to|for) (?:later|future|other) sessions\s*:\s*/i;
/** "👨‍👩‍👧" is one sign to its reader. */
const joinedEmoji =
  /(?<=\p{Extended_Pictographic}\uFE0F?\p{Emoji_Modifier}?)\u200D(?=\p{Extended_Pictographic})/gu;
/** Zero-width and bidirectional marks, tags, variations of no sign, and other characters that a reader does not see. */
const hidden =
  /[\u{E0100}-\u{E01EF}\u00AD\u061C\u180E\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF\u{E0000}-\u{E007F}]/u;
const otherAlphabet = /[\u0370-\u052F]/;
/** A Cyrillic or Greek letter among Latin ones that looks like one of them; "µs", "Δt", "dρ" and an ending as in "GitHubы" have none. */
const mixed =
  /\p{Script=Latin}[АВЕЗІЈКМНОРСТУХЅаеорсухіјѕԁһԛԝӏΑΒΕΖΗΙΚΜΝΟΡΤΥΧιου]|[\u0400-\u052FΑΒΕΖΗΙΚΜΝΟΡΤΥΧιου]\p{Script=Latin}|\p{Script=Latin}[αρ]\p{Script=Latin}|\p{Script=Latin}{2}[αρ]|ρ\p{Script=Latin}{4}/u;
const foreignDestructive =
  /(?<!\p{L})(?:lösch(?:e|en|t)|supprime[zr]?|effac(?:e[zr]?|er)|borra(?:r|d)?|elimin(?:ar|ad)|cancell(?:a|are)|apag(?:ue|ar)|verwijder|usuń|удали(?:те)?)(?!\p{L})|删除|刪除|削除|삭제/iu;
const loads =
  /\b(?:curl|wget|iwr|invoke-webrequest|fetch)\b[^|\n]{0,300}\|\s*(?:sudo\s+)?(?:ba|z|da|k)?sh\b|\b(?:ba|z)?sh\s+(?:-c\s+)?["']?[<$(]+\(?\s*(?:curl|wget)|\beval\b.{0,20}(?:curl|wget|base64)|base64\s+(?:-d|--decode)[^|\n]*\|\s*(?:ba|z)?sh/i;
const rooting = /\bchmod\s+(?:-R\s+)?[0-7]*777/i;
/** Whole folders, or the machine's processes; however it is said. */
const wiping = /\brm\s+-[a-z]*r[a-z]*f|:\(\)\s*\{/i;
/** Whoever is spoken to; a README speaks so to people, too, so it takes a risk beside it. */
const toldYou = /\byou(?: should| must| can| may| need| have| will|'re| are)\b/i;
const destructive =
  /(?:^|[.!?:;,]\s+|\b(?:and|then|to|please|must|should|always|before|by|never ask .{0,30})\s+)(?:delete(?! \/(?!(?:home|etc|var|usr|root|opt|srv|boot|Users)\b))|deleting|remove|drop|wipe|erase|destroy|truncate)\b|\breset --hard|\bforce[- ]push|push --force|push (?:directly |straight )?to (?:main|master|prod)|\bgit push|format the disk|\bshut ?down|\bkill all|\brm -/i;
/** "Delete build/.cache to clear the cache of web": what is made anew is lost to nobody. Nothing above the repository. */
const emptiesCache =
  /(?:^|[:,]\s+)(?:delete|remove|wipe) (?:the )?["'\x60]?(?!(?:\S*\/)?(?:\.{2}|\.git|\.github|src|data)\/)(?:[\w.-]+\/)*(?:[._]*(?:\w+[-_])?cache|te?mp|build|dist|coverage)["'\x60]? to (?:clear|empty|reset|drop|refresh|rebuild) (?:the |its )?(?:\w+ )?caches?\b(?!.*[;&|])/i;
/** A command line that does it, told as what to do. */
const destroying =
  /(?:^|[:;>]\s*)["'`]?(?:\$ )?git (?:push (?:\S+ ){0,4}?(?:--force|-f)|reset --hard)(?!\S)(?!["'`]? (?:is|are|was|has|needs?)\b)/i;
const checks = String.raw`(?<![-./])\b(?:tests?|checks?|lint(?:er)?|reviews?|reviewers?|sandbox|verification|ci|hooks?|security|scanner|audit|signing|tls|ssl|certificates?|strict-ssl|firewall|branch protection|2fa|mfa|gates?|assertions?)\b(?![-./]\w| (?:fixtures?|data|folders?|director\w+|files?|apps?|caches?|images?|databases?|users?|accounts?|environments?|names?|output|logs?|reports?|artifacts?|containers?)\b)`;
/** A check as the object of what does away with it; "without", too, but not what is only done before or in one. */
const switchingOff = either(
  String.raw`\b(?:disable|skip|bypass|turn off|switch off|ignore|remove|delete|suppress|silence|comment out|never run|do not run|don't run|stop running|avoid running|without|downplay|weaken)\b(?:(?! (?:before|after|when|while|if|in|for|from|on|during|until|into|to|as)\b)[^.:;\n]){0,50}?${checks}`,
  String.raw`${checks}.{0,40}\b(?:off|false|no longer|disabled|need not|not be run)\b`,
);
const absolute =
  /\b(?:always|every (?:time|commit|build|run|session|request)|before (?:each|every|any)|after (?:each|every|any)|at the (?:start|beginning) of|in all cases|unconditionally|under no circumstances|immediately|whenever)\b/i;
const notAlways = /\b(?:not|n['’]t) always\b/gi;
