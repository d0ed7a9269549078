import type { Quoted } from "./quoted.ts";

const everywhere =
  /^(?:everywhere|(?:all|every|each|the|this|whole|entire|our|any|of|its|their|source|code ?base|code|repository|repo|project|workspace|monorepo|packages?|files?|modules?|tests?|examples?|comments?|docs?|documentation|read ?me|jsdoc|markdown|types?|javascript|typescript|js|ts|and|or|,|\s)+)$/i;
const placeWords =
  /^(?:(?:the|all|any|only|just|files?|folders?|director(?:y|ies)|packages?|modules?|paths?|of|under|below|in|inside|within|called|named)\s+)+/i;
/** Folders that are meant at the top of the repository when nothing else is said. */
const topFolders = /^(?:src|lib|test|tests|docs|app|apps|bin|bench|examples|scripts|packages)$/;
const pathLike = /^(?!.*\.\.)(?:\.\/)?[\w@.*[\]{}+-][\w@./*[\]{}+,-]*$/;

/** Where a clause wants its change: paths; "everywhere" as no paths; undefined when the words name no place we understand. */
export function placesOf(words: string, quoted: Quoted): readonly string[] | undefined {
  if (everywhere.test(words)) return [];
  const named = words.split(/\s*,\s*(?:and\s+|or\s+)?|\s+(?:and|or)\s+/).map((part) => {
    const bare = part
      .trim()
      .replace(placeWords, "")
      .replace(/\s+(?:files?|folder|directory|package|module)$/i, "");
    return quoted.unquote(bare) ?? bare;
  });
  const saysPlace = /\b(?:files?|folders?|director(?:y|ies)|packages?|modules?|paths?)\b/i.test(
    words,
  );
  const understood = named.every(
    (path) => pathLike.test(path) && (saysPlace || /[/.*]/.test(path) || topFolders.test(path)),
  );
  return understood && named.length > 0 ? named.flatMap(asGlobs) : undefined;
}

/** A name without a slash is a folder or package wherever it lies; a file name without one is a file wherever it lies. */
function asGlobs(path: string): readonly string[] {
  const clean = path.replace(/^\.\//, "").replace(/\/+$/, "");
  const anywhere = !/[/*]/.test(clean) && !topFolders.test(clean);
  return anywhere ? [clean, `**/${clean}`] : [clean];
}
