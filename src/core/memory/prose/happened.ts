import { byHand } from "../../../model/memory-observation.ts";
import { prepositions } from "../claim/spans.ts";
import type { Statement } from "../statement.ts";
import { placesOf } from "../words/places-of.ts";
import { tokensOf } from "../words/tokens.ts";
import type { Topic } from "./wordings.ts";

/** So many sentences that differ in names and numbers alone. */
const linesMin = 4;
/** Stands for a thing. */
const thing = "\u0001";

/**
 * What happened, time after time: "docker build for web done, 5 layers cached", "changelog entry 94 lists web". Each of these is said
 * in the same words of other things and with other numbers, nothing names what is told, nobody says that it changed, and nothing is
 * said to be, to have or to do something. That is no value of anything, and contradicts none.
 */
export function happenedIn(
  statements: readonly Statement[],
  topics: readonly Topic[],
): ReadonlySet<Statement> {
  const things = new Set(
    topics.flatMap(({ told }) => told.map(({ subject }) => subject.toLowerCase())),
  );
  const names = [...things].toSorted((a, b) => b.length - a.length || (a < b ? -1 : 1));
  const said = new Map(
    statements.flatMap((one) =>
      isPlain(one) ? [[one, withoutNames(one.text, names)] as const] : [],
    ),
  );
  const lasting = new Set(
    topics
      .filter((topic) => isLasting(topic, said))
      .flatMap((topic) => topic.told.map(({ statement }) => statement)),
  );
  const open = [...said].filter(([one, text]) => !lasting.has(one) && !isState(text));
  return new Set(
    [...Map.groupBy(open, ([, text]) => skeletonOf(text))].flatMap(([skeleton, held]) =>
      skeleton.includes("#") && comesBack(held.map(([{ text }]) => text))
        ? held.map(([one]) => one)
        : [],
    ),
  );
}

/** Of more than one thing: four ports of one are what it had, one after the other. */
function comesBack(texts: readonly string[]): boolean {
  const withoutNumbers = new Set(texts.map((text) => text.replaceAll(/\d+/g, "#")));
  return new Set(texts).size >= linesMin && withoutNumbers.size > 1;
}

/** It has a name and is told in more than one way, or changes. */
function isLasting({ names, olds, told }: Topic, said: ReadonlyMap<Statement, string>): boolean {
  if (olds.size > 0 || told.some(({ statement }) => statement.claim.isChange)) return true;
  const ways = told.map(({ statement }) => skeletonOf(said.get(statement) ?? statement.text));
  return names.length > 0 && new Set(ways).size > 1;
}

function isPlain({ observation, claim, isVague }: Statement): boolean {
  const { subject, predicate, value, session, kind, cites } = observation;
  return (
    (subject ?? predicate ?? value ?? kind) == null &&
    (cites ?? []).length === 0 &&
    session !== byHand &&
    !claim.isChange &&
    !isVague
  );
}

const lasts =
  /\b(?:is|are|has|have|must|may|should|shall|can|cannot|always|never|every|each|needs?|requires?|uses?|owns?|lives?|listens?|belongs?|depends?|supports?|expects?|=)\b/i;

/** The thing itself is, has or does something: "web gives up after 5 tries", "releases of web go out on Mondays". */
const does = new RegExp(
  String.raw`^\W*(?:the |our )?["'\x60]?${thing}["'\x60]?(?:'s [a-z -]+)? (?:[a-z]+ly )?[a-z]+s\b|^\W*(?:the |our )?(?:[a-z-]+ ){1,4}(?:of|for|in|on|from|to|with) (?:the |our )?["'\x60]?${thing}["'\x60]? (?!(?:${[...prepositions].join("|")}|not|done|gone|went|ran|made|sent|took|built|was|were|had)\b)[a-z]+(?<!ed)\b`,
  "i",
);

function isState(said: string): boolean {
  return lasts.test(said) || does.test(said);
}

/** A sentence with a mark for each thing that others speak of, too. */
function withoutNames(text: string, names: readonly string[]): string {
  let said = text;
  for (const name of names) {
    for (const at of placesOf(said.toLowerCase(), name).toReversed())
      said = `${said.slice(0, at)}${thing}${said.slice(at + name.length)}`;
  }
  return said;
}

/** A sentence without the names and numbers in it. */
function skeletonOf(said: string): string {
  return said
    .split(thing)
    .map((part) =>
      tokensOf(part)
        .map(({ kind, text: word, start }) =>
          kind !== "word" || (start > 0 && /^\p{Lu}/u.test(word)) ? "#" : word.toLowerCase(),
        )
        .join(" "),
    )
    .join(" # ")
    .replaceAll(unsaid, " ")
    .replaceAll(/\s+/g, " ")
    .trim();
}

/** "the web service" is web. */
const unsaid =
  /\b(?:the|our|a|an)\b|(?<=# )(?:project|service|app|application|repo|repository|package|module|component|stack|pipeline|job)\b/g;
