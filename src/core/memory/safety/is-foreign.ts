const english = new Set(
  `a an the this that is are was were be have has had of for in on at to with by from as and or but not no it its
  when if must should can will may only all use uses run runs does do we our us you your they their here there these those how what`.split(
    /\s+/,
  ),
);
/** Words that are in nearly every sentence of a language, and seldom in a log. */
const elsewhere = new Set(
  `der die das und ist nicht ein eine für mit von zu wird werden sind bei den dem auf le la les des une est et pour que dans du au aux sur pas
  el los las una y para con del se por che il di della per non o os um uma e não na da dos em w z nie jest się do het een van voor niet
  och att det som inte på для не что это на по при и`.split(/\s+/),
);
/** English words that are words of other languages, too: they tell nothing where those others are seen. */
const anywhere = new Set("a no in an was do as on or at it will we use has".split(" "));
/** A letter of these is as much as a word, or nearly so. */
const otherScript =
  /(?:\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}){6}/u;
const mayBeForeign = new RegExp(
  `${otherScript.source}|(?<!\\p{L})(?:${[...elsewhere].join("|")})(?!\\p{L})`,
  "iu",
);
/** Shorter ones are names and values in no language. */
const wordsMin = 4;

/** Whether there is no word of English in it. */
export function isForeign(text: string): boolean {
  const words = wordsOf(text);
  return (
    otherScript.test(text) || (words.length >= wordsMin && !words.some((word) => english.has(word)))
  );
}

/** Whether a sentence of it is in another language, for all that one sees. */
export function hasForeign(text: string): boolean {
  if (!mayBeForeign.test(text)) return false;
  return text.split(/(?<=[.!?;:])\s|\n/).some((sentence) => {
    if (otherScript.test(sentence)) return true;
    // What random letters between digits spell is no word, and no part of a name is one: "vX.Y.Z".
    const words =
      sentence.toLowerCase().match(/(?<![\p{L}\p{N}_./-])\p{L}+(?![\p{L}\p{N}_]|[./-]\p{L})/gu) ??
      [];
    const foreign = new Set(words.filter((word) => elsewhere.has(word)));
    return (
      words.length >= wordsMin &&
      foreign.size >= 2 &&
      foreign.size > words.filter((word) => english.has(word) && !anywhere.has(word)).length
    );
  });
}

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/\p{L}+/gu) ?? [];
}
