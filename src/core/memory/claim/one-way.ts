import { isPlace } from "./places.ts";

const former = String.raw`((?!(?:that|this|it|then|long|never|not|ever|once)\b)[^\s()]+(?: (?!(?:and|but|when|while|if|because)\b)[^\s,;()]+){0,4})`;
/** What was before, told behind all else: "… now, 9 before", "… since the switch away from NATS". */
const formerly = [
  String.raw`,?(?: now)?(?:,| since| after| following) (?:the |a |our )?(?:switch|switching|move|moving|change|changing|migration|migrating|transition) away from ${former}`,
  String.raw`(?: now[,;] (?:(?:it|that|this|which) )?(?:(?:was|were|used to be|had been) )?|[,;] (?:it|that|this|which) (?:was|were|used to be|had been) |[,;] (?=\W?\d))${former} (?:before|previously|earlier|until now|so far)`,
  String.raw`[,;] (?:before(?: that)?|previously|earlier|formerly|until then),? (?:it|that|this) (?:was|were|used to be|had been) ${former}`,
  String.raw`,? \((?:(?:before|earlier)(?: that)?[:,]|(?:it )?(?:formerly|previously|was|used to be)[:,]?) ${former}\)`,
  String.raw` now[,;] (?:and )?(?:it |that )?(?:is )?no longer (?!than\b)${former}`,
].map((way) => new RegExp(`^(\\S.*?\\S)${way}$`, "i"));

/** What it holds under, told behind all else: "…; this is about staging", "… -- staging, to be precise". */
const place = String.raw`(?:the )?([\w./-]+(?: [\w./-]+){0,3})`;
const placed = [
  String.raw`[.;,] (?:this|that|it|which) (?:is (?:only )?(?:about|for|on)|holds (?:only )?(?:for|on|in)|applies (?:only )?(?:to|on|in)|goes for|concerns)(?: only)? ${place}(?:,? (?:only|not elsewhere|and nowhere else|alone))?`,
  String.raw`[.;] (?:applies|holds|true|valid)(?: only)? (?:to|for|on|in) ${place}(?:,? (?:only|not elsewhere|and nowhere else|alone))?`,
  String.raw` [–—-]{1,2} ${place}, to be (?:precise|exact)`,
].map((way) => new RegExp(`^(\\S.*?\\S)${way}$`, "i"));
const limited = new RegExp(
  String.raw`^(?:(?:(?:limited|restricted) to|speaking of|only for|as for) ${place}(?:: |, )|\[([\w./-]+(?: [\w./-]+){0,2})\] )(\S+ \S.*)$`,
  "i",
);

/** "When you work on web, remember that its port is 80": of web. */
const reminder =
  /^(?:when(?:ever)?|if|before|while) (?:you )?(?:work|touch|edit|open|change|use|run|deal)(?:ing)?(?: on| with)? ([^,:]{2,60}),? (?:please )?(?:remember|keep in mind|bear in mind|note|know|be aware)(?: that)? (?=its )/i;

/** "Node 22 is required": of Node. */
const requiredVersion =
  /^(?:at least )?(node(?:\.?js)?|python|go|golang|java|jdk|ruby|rust|php|dotnet|\.net|npm|pnpm|yarn|deno|bun|typescript|gcc|clang|cmake|postgres(?:ql)?|mysql|redis|docker|kubernetes|terraform|gradle|maven|xcode|swift|kotlin|scala|elixir|erlang|perl|bash|git) v?(\d+(?:\.\d+)*) (?:or (?:newer|later|higher) )?is (?:now )?(?:required|needed|mandatory|a must)$/i;

/** What many say in ways of their own, in one: "… instead of NATS", "… (staging)", "for web, its …". */
export function inOneWay(text: string): string {
  const [, named, marked, rest] = limited.exec(text) ?? [];
  const under = named ?? marked ?? "";
  const said = (rest !== undefined && narrows(under) ? `${rest} (${under})` : text).replace(
    reminder,
    "for $1, ",
  );
  const needed = said.replace(requiredVersion, "the required version of $1 is $2");
  const whole = placed.reduce((left, way) => {
    const [, main, behind = ""] = way.exec(left) ?? [];
    return main !== undefined && narrows(behind) ? `${main} (${behind})` : left;
  }, needed);
  return formerly.reduce((left, way) => left.replace(way, "$1 instead of $2"), whole);
}

/** A place, or a version of something: "MLflow 2.14". */
function narrows(under: string): boolean {
  return isPlace(under) || /^[A-Z][\w.-]* v?\d[\d.]*$/.test(under);
}

/** "The design note says: when you work on web, …" */
const before = /^[^:]{1,60}:\s+(?=(?:when(?:ever)?|if|before|while)\b)/i;

/** What such a reminder says, whoever said so in front of it; undefined for any other text. */
export function remindedOf(text: string): string | undefined {
  const said = text.replace(before, "");
  return reminder.test(said) ? said.replace(reminder, "") : undefined;
}
