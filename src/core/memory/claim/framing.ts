import { guessing, type Kind, kinds, quoted } from "./frame-kinds.ts";
import { habits, isSaidOfAll, isSource, sources } from "./habits.ts";

/** In front of, or behind, so many different texts the same words are a frame around what is said. */
const usesMin = 3;
/** Longer texts are no sentence with a frame. */
const charactersMax = 600;

/** One frame taken off. */
interface Split {
  /** What it is known by: where it stands, and words that come back whatever is named in it. */
  readonly frame: string;
  /** As it is written there. */
  readonly said: string;
  readonly by: Kind["by"];
  readonly isGuess: boolean;
  readonly rest: string;
}

/**
 * Learns what stands around statements and says nothing of them: "Told by Ann: …", "I saw in `run.log` that …", "… It says so in the
 * repository.", "… (seen in the run)", "…; that is a guess". A frame limits nothing, names nothing but where it was seen, and comes back
 * around different texts. What only guesses leaves "presumably" behind.
 */
export function learnFraming(
  texts: readonly string[],
  /** Whose habits count: what somebody else says again and again takes nothing off a person's words. */
  own: readonly string[] = texts,
): (text: string) => string {
  const unique = [...new Set(texts)];
  const uses = new Map<string, Pick<Split, "by" | "said"> & { readonly rests: Set<string> }>();
  const looked = new Set<string>();
  const seenIn = (text: string, isOwn: boolean): void => {
    if (looked.has(text)) return;
    looked.add(text);
    for (const { frame, by, said, rest } of splitsOf(text)) {
      if (by !== undefined && !isOwn) continue;
      const held = uses.get(frame) ?? { by, said, rests: new Set<string>() };
      uses.set(frame, held);
      held.rests.add(rest);
      seenIn(rest, isOwn);
    }
  };
  for (const text of own) seenIn(text, true);
  for (const text of unique) seenIn(text, false);
  const isFrame = ({
    by,
    said,
    rests,
  }: Pick<Split, "by" | "said"> & { readonly rests: ReadonlySet<string> }): boolean => {
    if (rests.size < usesMin) return false;
    if (by === undefined) return true;
    return by === "habit"
      ? isSaidOfAll([...rests])
      : isSource(said, { rests: [...rests], all: unique });
  };
  const frames = new Set([...uses].flatMap(([frame, use]) => (isFrame(use) ? [frame] : [])));
  const without = (text: string): string => {
    const found = splitsOf(text).find(({ frame }) => frames.has(frame));
    if (found === undefined) return text;
    const rest = without(found.rest);
    return found.isGuess && !rest.startsWith(guess) ? `${guess}${rest}` : rest;
  };
  return without;
}

/** What a frame that only guesses leaves behind. */
export const guess = "presumably, ";

/** Each way to take one frame off. */
function splitsOf(text: string): readonly Split[] {
  if (text.length > charactersMax) return [];
  return ways.flatMap(({ form, fits, key = (frame) => frame, by }, at) => {
    const { frame: said, rest } = form.exec(text)?.groups ?? {};
    if (said === undefined || rest === undefined) return [];
    // "Read in web/README.md: the port is 80" is of web, unless it says itself of what it is.
    if (isOfPart(said) && !named.test(rest)) return [];
    const frame = by === "source" ? said : said.replaceAll(places, "#");
    const isGuess = guessing.test(frame);
    return fits(frame)
      ? [{ frame: `${at} ${key(frame.toLowerCase())}`, said, by, isGuess, rest }]
      : [];
  });
}

const ways = [...kinds, ...habits, ...sources];

/** Where something was found: files, commands, tickets. */
const places = new RegExp(
  String.raw`${quoted}|(?<![\w./-])[\w.@-]*(?:/[\w.@-]+)+|\b[\w-]+\.[a-z]\w{0,4}\b|\b[A-Z]{2,}-\d+\b|[#!]\d+\b|\b(?!(?:It|This|That|These|They|We|You|Everyone|Everybody|Nobody|Who|He|She|Docs?|Readme|Wiki|User|Team)\b)[A-Z][a-z]+\b(?= (?:agrees|agreed|says|said|knows|confirmed|confirms|checked)\b)`,
  "g",
);

/** A file in a folder of its own, or a command that goes there; what is in the folders of all is of all. */
function isOfPart(frame: string): boolean {
  return (
    /`[^`]*\bcd\b/.test(frame) ||
    (frame.match(places) ?? []).some(
      (place) =>
        place.includes("/") &&
        !/^`|^\.?\/?(?:docs?|documentation|wiki|notes?|adrs?|runbooks|\.github|config|scripts|tools)\//.test(
          place,
        ),
    )
  );
}

/** A name of a thing that a text says something of. */
const named =
  /(?:^|\b(?:of|for|in|on|from|to|by|with) (?:the )?)[`"']?@?[A-Za-z][A-Za-z\d]*[-_/.@][\w@./-]*\w/;
