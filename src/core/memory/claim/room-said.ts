import { meaning } from "../words/lexicon.ts";
import { boundedAt, type Keyed } from "./key-vocabulary.ts";
import { isPreposition, severalOf, shapeOfPredicate } from "./predicate-shape.ts";

/** What a sentence says of how many values there are of what its key names. */
export interface RoomSaid {
  /** It names the value that this one took the place of. */
  readonly isReplaced: boolean;
  /** "the region of S is V", "V as its region": there is one. */
  readonly isDefinite: boolean;
  /** "S's documentation tool is V" of "docs", "V and nothing else": there is one, whatever its key is called. */
  readonly isOnly: boolean;
  /** "a target of S is V", "a GPS module": there may be others. */
  readonly isIndefinite: boolean;
  /** "S has a V target": that may be so of the only one, too. */
  readonly isOfKind: boolean;
  /** "S can export V": what can be is seldom all that can. */
  readonly isAble: boolean;
  /** "S reads V" in "reads table": the predicate is what its subject does. */
  readonly isDeed: boolean;
}

/** Reads a sentence beside its key; `others` are names, in lower case, that its predicate has for values elsewhere. */
export function roomSaid(keyed: Keyed, others: readonly string[]): RoomSaid {
  const text = keyed.text.toLowerCase();
  const value = keyed.value.toLowerCase();
  const at = text.lastIndexOf(value);
  const { words, head, verb } = shapeOfPredicate(keyed.predicate);
  // "C++ standard" has more than its words.
  const phrase = /[^\w\s-]/.test(keyed.predicate)
    ? spaced(keyed.predicate.toLowerCase())
    : words.join(" ");
  const [spoken, spokenValue] = [spaced(text), spaced(value)];
  const named = phrase === "" ? -1 : boundedAt(spoken, phrase);
  const determined = spoken.slice(0, Math.max(0, named));
  // "for a radio" and "as a radio" say what something is for, and not that there are others; "listed as a radio" does.
  const isSome =
    /(?<!(?<!\b(?:registered|listed|declared|added|marked|enabled) )\b(?:for|as)\s)\b(?:an?|another|one|some)\s+$/.test(
      determined,
    );
  const between =
    at > named ? spoken.slice(named + phrase.length, at) : spoken.slice(at + value.length, named);
  const isNamed = named !== -1 && at !== -1;
  return {
    isReplaced: others.some((other) => isBefore(text, { value, at, other })),
    isDefinite:
      isNamed &&
      !isSome &&
      (at > named
        ? /\b(?:is|are|was|were|to|from)\s|[:=]/.test(between)
        : /\b(?:is|are|as|for|was)\b(?: (?:the|its|their|our))? $/.test(determined)),
    isOnly:
      nothingElse.test(text) ||
      isTheOne(spoken, { value: spokenValue, subject: spaced(keyed.subject.toLowerCase()), head }),
    isIndefinite:
      isInstance(spoken, { value: spokenValue, subject: spaced(keyed.subject.toLowerCase()) }) ||
      isOneOf(spoken, {
        value: spokenValue,
        head,
        subject: spaced(keyed.subject.toLowerCase()),
      }) ||
      isAmong(spoken, { value: spokenValue, head }) ||
      (isNamed &&
        isSome &&
        // "a timeout of V" names what V is, "a target of S" what there may be more of.
        !spoken.startsWith(` of ${spokenValue}`, named + phrase.length)),
    isOfKind:
      at !== -1 &&
      (hasSuch.test(text.slice(0, at)) ||
        thereIs.test(text.slice(0, at)) ||
        /^["'`]?, (?:beside|besides|among|amongst) others\b/.test(text.slice(at + value.length)) ||
        (head !== "" && isKindOf(spoken, { value: spokenValue, head }))),
    isAble:
      at !== -1 &&
      // "may be deployed Mon 5:30-21:45" says when.
      !/\b\d{1,2}:\d\d\b/.test(value) &&
      /\b(?:(?:can|may)(?: also)? (?!only\b|not\b)[a-z]+(?: [a-z]+){0,3}|can sign in .{1,40} (?:with|through|via)|allows? [\w-]+(?: [\w-]+){0,2} (?:with|through|via)) [`"']?$/.test(
        text.slice(0, at),
      ),
    isDeed:
      (verb !== "" &&
        !isPreposition(words[1] ?? "of") &&
        spoken.includes(`${spaced(keyed.subject.toLowerCase())} ${verb} `)) ||
      doesIt(spoken, { subject: spaced(keyed.subject.toLowerCase()), phrase, value: spokenValue }),
  };
}

const nothingElse = /\b(?:and nothing else|nothing (?:else|beyond)|exclusively|solely)\b/;

/** "S runs V as its network plugin" */
const asItsOne = /^["'`]? as its (?:[a-z-]+ ){0,3}[a-z-]*[^s\W]["'`]?(?:$|[ .,;(])/;

/** "S[’s linter is ]V", "V[ is the linter of ]S", "[the linter of ]S[ is ]V" */
const itsNoun = /^['’]s (?:[a-z-]+ ){0,3}?([a-z-]+) (?:is|=|:) ["'`]?$/;
const nounBehind =
  /^["'`]? is the (?:[a-z-]+ ){0,3}?([a-z-]+) (?:of|for|in|behind) (?:the |our )?["'`]?$/;
const nounInFront = /\bthe (?:[a-z-]+ ){0,3}?([a-z-]+) (?:of|for|in|behind) (?:the |our )?["'`]?$/;
const equals = /^["'`]?(?:(?: [a-z]+)? ?(?:is|=|:)|: it is|,? the answer is) ["'`]?$/;
/** "when you work on S, remember that its null policy is V" */
const ofIts = /\bits (?:[a-z-]+ ){0,3}?([a-z-]+) is ["'`]?$/;

/** "the dependency manager of S is V", "V is S's linter": a noun of its own, in the singular. */
function isTheOne(
  text: string,
  {
    value,
    subject,
    head,
  }: { readonly value: string; readonly subject: string; readonly head: string },
): boolean {
  const from = value === "" ? -1 : text.lastIndexOf(value);
  if (from !== -1 && asItsOne.test(text.slice(from + value.length))) return true;
  const at = subject === "" ? -1 : text.indexOf(subject);
  if (from === -1 || at === -1) return false;
  const isFirst = at < from;
  const between = isFirst
    ? text.slice(at + subject.length, from)
    : text.slice(from + value.length, at);
  const [, name = ""] =
    (isFirst ? itsNoun : nounBehind).exec(between) ??
    (isFirst && equals.test(between) ? nounInFront.exec(text.slice(0, at)) : undefined) ??
    (isFirst ? ofIts.exec(between) : undefined) ??
    [];
  return name !== "" && !name.endsWith("s") && !head.startsWith(name.slice(0, -1));
}

/** "there is a Welsh translation of S", "V is a client of S": nobody says so of the only one. */
function isInstance(
  text: string,
  { value, subject }: { readonly value: string; readonly subject: string },
): boolean {
  const at = value === "" ? -1 : text.indexOf(value);
  const end = at + value.length;
  const to = text.indexOf(subject, end);
  if (at === -1) return false;
  return (
    isWithOne(text.slice(0, at), subject) ||
    (/\bthere(?: is|['’]s) (?:an?|another) ["'`]?$/.test(text.slice(0, at)) &&
      /^["'`]? (?!(?:on|in|at|for|of|to|inside|under|with|from|behind)\b)[a-z]/.test(
        text.slice(end),
      )) ||
    (subject !== "" &&
      to !== -1 &&
      // "The address 10.0.0.7 belongs to S": a number says which one.
      !/^\W*\d/.test(value) &&
      /^["'`]? (?:is an? (?:[a-z-]+ ){0,2}[a-z]+ (?:of|for|to|in|on)|belongs to) (?:the )?["'`]?$/.test(
        text.slice(end, to),
      ))
  );
}

/** "a unit with S is installed at V": there are other units. */
function isWithOne(before: string, subject: string): boolean {
  const [, name = ""] =
    /\ban? [a-z]+ (?:with|running) (?:the |our )?(\S.*?) (?:is|sits|stands) (?:[a-z]+ed )?(?:at|in|on) (?:the )?["'`]?$/.exec(
      before,
    ) ?? [];
  return subject !== "" && name === subject;
}

/** "one variable that S looks up at start is V" */
function isOneThatIts(before: string, subject: string): boolean {
  const [, rest = ""] =
    /(?:^|[:,] )one (?:[a-z-]+ ){1,2}(?:that|which) (?:the )?(.+) is ["'`]?$/.exec(before) ?? [];
  return subject !== "" && rest.startsWith(`${subject} `);
}

/** "V is a language that S speaks", "one variable that S reads is V" */
function isOneOf(
  text: string,
  {
    value,
    head,
    subject,
  }: { readonly value: string; readonly head: string; readonly subject: string },
): boolean {
  const at = head === "" || value === "" ? -1 : text.indexOf(value);
  if (at === -1) return false;
  const behind = text.slice(at + value.length).split(" ");
  const isOne =
    /^(?:is|are)$/.test(behind[1] ?? "") && /^(?:an?|one|another)$/.test(behind[2] ?? "");
  return (
    (isOne && behind.slice(3, 6).includes(head)) ||
    // "V is one trigger of S" of its "trigger event"
    (isOne && behind[2] === "one" && /^(?:of|in|for)$/.test(behind[4] ?? "")) ||
    (!/\d/.test(value) && /^one (?:[a-z-]+ ){1,3}(?:of|in|for) [^:]+$/.test(text)) ||
    isOneThatIts(text.slice(0, at), subject) ||
    (boundedAt(text, `one ${head}`) !== -1 && text.indexOf(`one ${head}`) < at) ||
    /\b(?:an?|another) $/.test(text.slice(0, Math.max(0, text.indexOf(`${head} ${value}`))))
  );
}

/** "consumers of S include V", "known flakes: V": one that is said of several. */
function isAmong(
  text: string,
  { value, head }: { readonly value: string; readonly head: string },
): boolean {
  const at = value === "" ? -1 : text.indexOf(value);
  const before = text.slice(0, Math.max(0, at));
  // "lists V as its maintainer"
  if (/^["'`]? as (?:(?:its|the|their) |base (?:of|for) )/.test(text.slice(at + value.length)))
    return false;
  if (
    head !== "" &&
    [...before.matchAll(asWhat)].some(([, noun = ""]) => noun.split(" ").includes(head))
  )
    return false;
  return (
    /\b(?:(?:includ(?:es?|ing)|incl\.?|among|such as)(?: (?:the|an?))?|contains?|lists|[a-z]{2,}[^s\W]s of (?:the )?(?:type|kind|sort)) ["'`]?$/.test(
      before,
    ) ||
    isPart.test(text.slice(at + value.length)) ||
    (head.length > 2 && !head.endsWith("s") && !/\d/.test(value) && areListed(before, head))
  );
}

/** "as corresponding author the paper lists V" */
const asWhat = /\bas (?:the )?([a-z-]+(?: [a-z-]+){0,2})/g;

/** "V belongs to the test devices of S", "V is on the list" */
const isPart =
  /^["'`]? (?:belongs to the (?:[a-z-]+ ){0,3}[a-z]+s (?:of|for|in|on)\b|(?:is|are) (?:on|in) the (?:[a-z-]+ ){0,3}list\b|counts (?:among|as one)\b)/;

/** "known flakes of S: " in front of one name; "the columns of S are V" says how all of them are. */
function areListed(before: string, noun: string): boolean {
  const plural = /[^aeiou]y$/.test(noun) ? `${noun.slice(0, -1)}ies` : `${noun}s`;
  const from = boundedAt(before, plural);
  return (
    from !== -1 && /^(?: [^\s:=]+){0,4} ?[:=] ?["'`]?$/.test(before.slice(from + plural.length))
  );
}

/** "S speaks V", "S reads the environment variable V": what is done of several. */
function doesIt(
  text: string,
  of: { readonly subject: string; readonly phrase: string; readonly value: string },
): boolean {
  const from = of.subject === "" ? -1 : text.indexOf(`${of.subject} `);
  const to = from === -1 || of.value === "" ? -1 : text.indexOf(of.value, from + of.subject.length);
  // "the manifest of S reads V" tells what its manifest does.
  const isPartOfIt = /\b(?:of|in|for|inside) (?:the |our )?["'`]?$/.test(
    text.slice(0, Math.max(0, from)),
  );
  if (to === -1 || isPartOfIt) return false;
  const named = of.phrase.split(" ").map((word) => meaning(word));
  const [verb = "", ...rest] = text
    .slice(from + of.subject.length, to)
    .replaceAll(/[`"']/g, "")
    .trim()
    .split(/\s+/);
  return (
    /^[a-z]+s$/.test(verb) &&
    severalOf.has(meaning(verb)) &&
    rest.every((word) => /^(?:to|on|from|the|an?)?$/.test(word) || named.includes(meaning(word)))
  );
}

/** "has a barometer", "there is an RJ45"; but "is a gold service", "runs on a t3.large". */
const hasSuch =
  /\b(?:there(?: is|['’]s)|(?!(?:is|are|was|were|be|as|to|on|with|by|into|at|in|than|for|from|of|via|through|under|over|uses?|using|runs)\b)[a-z]+) an? ["'`]?$/;

/** "has a riscv64 target", "a rule called dns"; "is a gold service" says what it is, and is the only such. */
function isKindOf(
  text: string,
  { value, head }: { readonly value: string; readonly head: string },
): boolean {
  return [" a ", " an ", " another "].some((article) => {
    const at = text.indexOf(`${article}${value} ${head}`);
    const isKind = at !== -1 && !/ (?:is|are|was|as)$/.test(text.slice(0, at));
    return isKind || text.includes(`${article}${head} called `);
  });
}

/** "there is a device at V" */
const thereIs = /\bthere(?: is|['’]s) (?:an?|another) [a-z-]+ at ["'`]?$/;

/** Names as they are spoken. */
function spaced(text: string): string {
  return text.replaceAll(/[_-]/g, " ");
}

/** Another value of the same predicate stands beside this one, and not in a row with it. */
function isBefore(
  text: string,
  { value, at, other }: { readonly value: string; readonly at: number; readonly other: string },
): boolean {
  if (at === -1 || other.includes(value) || value.includes(other)) return false;
  const from = boundedAt(text, other);
  if (from === -1) return false;
  const [first, second] =
    from < at ? [from + other.length, at + value.length] : [at + value.length, from + other.length];
  const between = text.slice(first, Math.max(from, at));
  // "V and O" is a row; "V, O is closed" is none.
  const isRow = /^\s*(?:,\s*)?(?:and|or|&|\/|plus)\s+$/.test(between);
  return (
    !isRow && !(/^\s*,\s*$/.test(between) && /^\s*(?:$|[.;),]|and\b|or\b)/.test(text.slice(second)))
  );
}
