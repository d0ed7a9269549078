import { remembered } from "../words/remembered.ts";
import { bracketed, closing, isPlace, opening, plainPlace } from "./places.ts";

/** What a text in this form says; undefined for any other. */
export function toldInForm(text: string): Named | undefined {
  const found =
    /^(?:under (?<under>[^,]{1,60}), )?the (?<name>[^,:]{1,60}?) of (?<subject>.{1,80}?) is (?<value>\S.*?)(?: instead of (?<old>\S.*))?$/.exec(
      text,
    )?.groups;
  if (found === undefined) return undefined;
  const {
    name: called = "",
    subject: thing = "",
    value: it = "",
    old: before,
    under: place,
  } = found;
  return {
    name: called,
    subject: thing,
    value: it,
    ...(before === undefined ? {} : { old: before }),
    ...(place === undefined ? {} : { under: place }),
  };
}

/** A sentence taken apart by its form alone: of what it says what is called how, and what that was before. */
export interface Named {
  readonly name: string;
  readonly subject: string;
  readonly value: string;
  readonly old?: string;
  /** What it holds under. */
  readonly under?: string;
}

/** "The one in the tools folder" has no name for what it is. */
const name = String.raw`(?<name>(?!ones?\b)[a-z][\w/-]*(?: [\w/-]+){0,3}?)`;
const subject = String.raw`(?<subject>[^\s,]+(?: [^\s,]+){0,4}?)`;
/** What is written as a name is one also where no article stands. */
const called = "(?<subject>`?(?:[a-z]+[-_/@.][\\w@./-]*|@[\\w@./-]+)`?)";
const value = String.raw`(?<value>\S+(?: \S+){0,5}?)`;
const old = String.raw`(?<old>\S+(?: \S+){0,5}?)`;
const now = String.raw`(?: now| currently)?`;
const of = String.raw`(?:of|for|in|behind|under)`;
const flag = String.raw`(?:(?:switched|turned|set) )?(?<value>on|off|enabled|disabled)`;
const unlike = String.raw`(?:instead of|rather than|no longer|not|after)`;
const changed = String.raw`(?:changed|moved|switched|went|set|raised|lowered|increased|decreased|reduced|bumped|renamed|updated|migrated)`;

/** Ways to say that the `name` of `subject` is `value`, in no words but those of every such sentence. */
const forms = [
  String.raw`i (?:was|am) wrong about the ${name} ${of} ${subject}: it is${now} ${value}, not ${old}`,
  String.raw`the ${name} ${of} ${subject} is${now} ${value}${now},? (?:and )?${unlike} ${old}`,
  String.raw`the ${name} ${of} ${subject} used to be ${old},? (?:and|but)(?: it)? is${now} ${value}${now}`,
  String.raw`(?:we|they) (?:have )?(?:dropped|left|gave up|retired|abandoned|got rid of|stopped using) ${old}[:;,.] the ${name} ${of} ${subject} is${now} ${value}${now}`,
  String.raw`(?:we|they) (?:have )?(?:dropped|left|gave up|retired|abandoned|stopped using) ${old} as the ${name} ${of} ${subject} (?:and|but) (?:took|use|chose|went with|go with|have) ${value}${now}`,
  String.raw`(?:we|they) (?:have )?(?:replaced|exchanged|swapped) ${old} (?:with|by|for) ${value} as (?:the )?${name} ${of} ${subject}`,
  String.raw`the ${name} ${of} ${subject} used to be ${old}[;,.] (?:that|it) (?:has become|became|is now) ${value}${now}`,
  String.raw`${subject} no longer (?:has|uses|takes) ${old} as (?:its|their|the) ${name},? but (?:rather )?${value}${now}`,
  String.raw`the ${name} ${of} ${subject} is no longer ${old}(?:[;,.] (?:but|it is|it's)|,? but|,? and is)${now} ${value}${now}`,
  String.raw`the ${name} ${of} ${subject} was ${old}(?: (?:until|before|till)\b[^;.]*)?[;,.] (?:(?:since then|now|after that|from then on|since),? )?(?:but )?(?:it is|it's)${now} ${value}${now}`,
  String.raw`(?:change|move|switch|raise|lower|increase|decrease|reduce|bump|rename|update|migrate) the ${name} ${of} ${subject} from ${old} to ${value}`,
  String.raw`(?:(?:we|they|i|somebody|someone) (?:have |has )?)?${changed} the ${name} ${of} ${subject} from ${old} to ${value}`,
  String.raw`(?:(?:we|they|i|somebody|someone) (?:have |has )?)?${changed} the ${name} ${of} ${subject} (?:over )?to ${value}(?:,? so forget(?: about)? ${old}|,? away from ${old})?`,
  String.raw`the ${name} ${of} ${subject} (?:was |has been |has )?${changed} from ${old} to ${value}`,
  String.raw`the ${name} ${of} ${subject} (?:was |has been |has )?${changed} to ${value}`,
  String.raw`${name} is${now} ${flag}${now} (?:for|in|on) ${subject}`,
  String.raw`${subject} has${now} ${name} ${flag}${now}`,
  String.raw`for ${subject},? ${name} is${now} ${flag}${now}`,
  String.raw`${subject} (?:has|uses|takes)${now} ${value} (?:instead of|rather than) ${old} as (?:its|their|the) ${name}`,
  String.raw`${subject} (?:has|uses|takes)${now} ${value} as (?:its|their|the) ${name}(?:,? ${unlike} ${old})?`,
  String.raw`for ${subject},? (?:the|its) ${name} (?:is|was set to|is set to)${now} ${value}(?:,? ${unlike} ${old})?`,
  String.raw`${subject}: ${name} (?:=|is)${now} ${value}${now}(?:,? ${unlike} ${old})?`,
  String.raw`${subject} (?:has )?${changed} (?:its|their) ${name} from ${old} to ${value}`,
  String.raw`${subject} (?:has )?${changed} from ${old} to ${value} as (?:its|their|the) ${name}`,
  String.raw`${subject} (?:has )?replaced ${old} (?:with|by) ${value} as (?:its|their|the) ${name}`,
  String.raw`(?:we|they) (?:have )?(?:settled|agreed|decided) on ${value} as (?:the )?${name} ${of} ${subject}`,
  String.raw`(?:we|they) (?:have |use |took |take |chose |picked |run |go with |went with )${value} as the ${name} ${of} ${subject}`,
  String.raw`(?:for|in) ${subject},? (?:we|they) (?:have |use |took |take |chose |picked |run |go with |went with )${value} as (?:the |its |their )?${name}`,
  String.raw`as the ${name} ${of} ${subject},? (?:we|they) (?:have|use|took|take|chose|picked|run|go with|went with) ${value}${now}`,
  String.raw`${value} is${now} what (?:we|they) (?:have|use|took|take|chose|picked|run|go with|went with) as (?:the )?${name} ${of} ${subject}`,
  String.raw`(?!(?:it|this|that|there|he|she|what|one|which|who) )${value} is${now} the ${name} ${of} ${subject}`,
  String.raw`${subject} has an? ${name} of ${value}`,
  String.raw`the ${name} ${of} ${subject} (?:is|equals|stays|remains)${now} ${value}(?: again| once more)?`,
  String.raw`the ${name} (?:of|for) ${subject}(?::| =) ${value}`,
  String.raw`${name} (?:of|for) ${called}(?::| =) ${value}`,
  String.raw`${name} (?:of|for) ${called} is${now} ${value}`,
  String.raw`the ${name} ${of} ${subject} is set to ${value}`,
].map((form) => new RegExp(`^${form}$`, "i"));

const preposition = String.raw`(?<prep>(?:on|to|with|in|by|at|from|for|under|as|of|through|via)(?: (?!the|a\b)[a-z]+)?)`;

/** "S no longer listens on port O but on port V", "S was kept in O until May; now it is kept in V". */
const moved = [
  new RegExp(
    String.raw`^(?<head>.+?) no longer (?<verb>[a-z]+(?: [a-z]+)*?) ${preposition} ${old},? but (?:rather )?\k<prep> (?<value>\S.*?)${now}$`,
    "i",
  ),
  new RegExp(
    String.raw`^(?<head>.+?) was (?<verb>[a-z]+(?:ed|en|t)) ${preposition} ${old}(?: (?:until|before|till)\b[^;.]*)?[;,.] (?:(?:since then|now|after that|from then on|since),? )?it is${now} \k<verb> \k<prep> (?<value>\S.*?)${now}$`,
    "i",
  ),
];

/** Longer sentences say more than that, and take long to find it out. */
const charactersMax = 300;
const was = /^(?:was|before|formerly|previously|used to be):? ([^()]+)$/i;

/**
 * The same in one form: "the port of web is 80 instead of 81" for whatever says no more than that ("for web the port is 80",
 * "web has 80 as its port", "the port of web was 81 until May; now it is 80"). What it is said under stands in front of it. Any other
 * text is as it was.
 */
export const inNamedForm = remembered((text: string): string => {
  if (text.length > charactersMax) return text;
  const said = namedIn(text);
  return said === undefined ? asMoved(text) : written(said);
});

function namedIn(text: string): Named | undefined {
  const [, main, where] = bracketed.exec(text) ?? [];
  if (main !== undefined && where !== undefined) {
    const inner = namedIn(main);
    const before = was.exec(where)?.[1];
    if (inner === undefined) return undefined;
    return before === undefined ? under(where, inner) : { old: before, ...inner };
  }
  const [, preposition, place, mark, rest] = opening.exec(text) ?? [];
  // "In the spec: …" is where it was read.
  const isOpen = place !== undefined && rest !== undefined && (mark === "," || isPlace(place));
  if (isOpen && preposition?.toLowerCase() !== "for") {
    const inner = partsOf(rest);
    return inner === undefined ? undefined : under(place, inner);
  }
  const said = partsOf(text);
  if (said !== undefined || !isOpen) return said;
  const inner = partsOf(rest);
  return inner === undefined ? undefined : under(place, inner);
}

function under(place: string, said: Named): Named {
  const plain = plainPlace(place);
  if (/^(?:this|our) (?:project|repo|repository|codebase)$/i.test(plain)) return said;
  return { ...said, under: said.under === undefined ? plain : `${plain} ${said.under}` };
}

/** "30 s on the branch next", "web in staging": the value or the thing, and what it holds under. */
function withoutPlace(said: Named): Named {
  const [, it, place] = closing.exec(said.value) ?? [];
  const [, thing, other] = closing.exec(said.subject) ?? [];
  if (it !== undefined && place !== undefined && isPlace(place))
    return under(place, { ...said, value: it });
  return thing !== undefined && other !== undefined && isPlace(other)
    ? under(other, { ...said, subject: thing })
    : said;
}

/** "To build web, run make all" is "build web with make all". */
const toDo =
  /^(?:in order )?to ([a-z]+(?: [a-z]+)?) ((?:the |our )?[^,]{2,60}),? (?:run|use|call|execute|do) (\S.*)$/i;

function asMoved(text: string): string {
  const [, deed, thing, way] = toDo.exec(text) ?? [];
  if (deed !== undefined && thing !== undefined && way !== undefined)
    return `${deed} ${thing} with ${way}`;
  for (const [at, form] of moved.entries()) {
    const found = form.exec(text)?.groups;
    if (found === undefined) continue;
    const { head = "", verb = "", prep = "", old: before = "", value: it = "" } = found;
    return `${head}${at === 0 ? "" : " is"} ${verb} ${prep} ${it} instead of ${before}`;
  }
  return text;
}

function partsOf(text: string): Named | undefined {
  for (const form of forms) {
    const found = form.exec(text)?.groups;
    if (found === undefined) continue;
    const { name: called = "", subject: thing = "", value: it = "", old: before } = found;
    if (!isName(called) || !isName(thing) || /^(?:it|this|that|there|which|what)$/i.test(thing))
      continue;
    const replaced = before === undefined ? {} : { old: before.replace(/,$/, "") };
    return withoutPlace({
      name: called,
      subject: plainName(thing),
      value: it.replace(/,$/, ""),
      ...replaced,
    });
  }
  return undefined;
}

const tying = /^(?:of|for|at|to|from|with|by|is|are|was|were|has|have|not|and|or|that|which|the)$/i;

/** "the timeout of requests to web" has more than a name; "sign in method" is one. */
function isName(called: string): boolean {
  const words = called.replace(/^(?:the|our) /i, "").split(" ");
  return (
    words.every((word) => !tying.test(word)) &&
    ![words[0], words.at(-1)].some((word) => /^(?:in|on|up|out|off)$/i.test(word ?? ""))
  );
}

/** "the billing-api service" is billing-api; "the canary pipeline" has no other name. */
function plainName(thing: string): string {
  const bare = thing.replace(/^(?:the|our) /i, "").replaceAll("`", "");
  const [, first] =
    /^(\S*[-_/.@\d]\S*|\S*[a-z][A-Z]\S*) (?:service|repository|repo|package|project|app|application|module|library|component)$/.exec(
      bare,
    ) ?? [];
  return first ?? bare;
}

function written({
  name: called,
  subject: thing,
  value: it,
  old: before,
  under: place,
}: Named): string {
  const now = `the ${called} of ${thing} is ${it}`;
  const whole = before === undefined ? now : `${now} instead of ${before}`;
  return place === undefined ? whole : `under ${place}, ${whole}`;
}
