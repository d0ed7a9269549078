import { tokensOf } from "../words/tokens.ts";
import { weekday } from "../words/weekday.ts";

/** "the big screen" is called so; "is big" judges. */
const lexicon =
  /(?<![\w./:@-]|\bthe (?:(?:last|first|only|old|new) )?)(?:sometimes|occasionally|often|frequently|intermittent(?:ly)?|sporadic(?:ally)?|at times|now and then|every now and then|from time to time|once in a while|every so often|on and off|usually|mostly|generally|typically|normally|rarely|seldom|slow(?:ly|er|ish)?|slugg?ish|laggy|fast enough|takes? (?:a while|a long time|too long|forever|ages|some time|long)|a long time|tricky|flak[ye]y?|flakiness|finicky|fragile|brittle|unstable|unreliable|unpredictable|shaky|wobbly|messy|hairy|ugly|nasty|weird(?:ly)?|strange(?:ly)?|odd(?:ly)?|funny|quirky|annoying|painful|a (?:pain|mess|nightmare|hassle|headache|struggle|chore|drag)|problematic|troublesome|temperamental|delicate|picky|touchy|confusing|complicated|suboptimal|careful(?:ly)?|cautious(?:ly)?|caution|beware|watch out|mind the|take care|pay attention|keep an eye|soon|later|eventually|recently|lately|at some point|someday|properly|correctly|appropriately|accordingly|reasonabl[ey]|sensibl[ey]|as needed|if needed|somehow|somewhat|somewhere|something|some (?:of the |kind of |sort of )?(?:tests?|files?|endpoints?|parts?|things?|issues?|problems?|cases?|modules?|pages?|requests?|errors?|bugs?|steps?|jobs?|queries)|several|various|a few|a bit|a little|kind of|sort of|kinda|more or less|things?|stuff|issues|problems|(?:issue|problem)(?! (?!(?:with|in|of|on|for|and|or|is|are|was|were|at|when|if|there|here|to|by|that|again)\b)\w)|trouble|hiccups?|glitch(?:es|y)?|misbehav(?:es?|ing|iour|ior)|acts? up|acting up|plays? up|breaks? (?:a lot|easily|randomly|down)|may break|can break|might break|fails? (?:a lot|randomly|now)|randomly|doesn't always|not always|does not always|isn't always|hit or miss|up and down|not great|not ideal|not really|(?:do|does)(?: not|n't) (?:work|behave|perform|scale|play) (?:very |too |so |that )?(?:well|nicely)|could be better|nearly (?:full|empty|done|out)|almost (?:full|empty|out)|nobody dares|a bunch|backs? up|quite|the usual(?: \w+)?|(?:a|some) (?:special|certain|particular)|the (?:right|correct|proper|appropriate) (?:one|way|place|profile|settings?|flags?|options?|values?|versions?|account|credentials|order|steps?|command|files?|tools?)|stale for|needs? (?:work|love|attention|improvement|care)|hard to|difficult|heavy|big|large|huge|a lot|many|bad|poor(?:ly)?|etc|and so on)(?![\w/:@-]|\.\w)/i;

/** Whether a statement says nothing that somebody could act on: no name, number or quoted text, but a word that hides one. */
export function isVague(text: string, known: readonly string[] = []): boolean {
  const bare = text.replaceAll(howOften, " ");
  if (!lexicon.test(bare) && (bare === text || saysMore(bare, known))) return false;
  return !isConcrete(text, known);
}

/** They tell how often something is so, or when, and hide nothing of what it is. */
const howOften =
  /(?<![\w./:@-])(?:usually|mostly|generally|typically|normally|later|recently|lately)(?![\w/:@-]|\.\w)/gi;
const wordsEnough = 7;
const onWeekday = new RegExp(String.raw`\b${weekday}\b`, "i");

/** "is usually released on Monday", and whatever takes so many words, says what is usual. */
function saysMore(text: string, known: readonly string[]): boolean {
  if (onWeekday.test(text)) return true;
  let rest = text;
  for (const name of known) rest = rest.replaceAll(name, " ");
  return tokensOf(rest).length >= wordsEnough;
}

/** Whether it has a number or quoted text; names of what it is about (`known`) do not count. */
export function isConcrete(text: string, known: readonly string[]): boolean {
  let rest = text;
  for (const name of known) rest = rest.replaceAll(name, " ");
  return tokensOf(rest).some(
    ({ kind, text: one }) =>
      kind === "number" || kind === "url" || (kind === "code" && /\s|[^\w-]/.test(one)),
  );
}

/** The words of a statement that are not themselves vague; what it is about. */
export function withoutVagueWords(text: string): string {
  return text.replaceAll(new RegExp(lexicon.source, "gi"), " ").replaceAll(/\s+/g, " ").trim();
}
