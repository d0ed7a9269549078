/** Come behind a noun that stands for itself, and not in front of another one. */
const about =
  "to|for|of|on|about|over|with|by|from|in|at|as|and|that|which|whether|if|who|where|when";
const is =
  "is|are|was|were|has|have|had|would|could|will|did|" +
  "does|got|came|went|made|never|still|failed|ended|lasted|asks|asked|suggests|wants|says|proposes";
const whose = String.raw`(?:the|an?|my|our|his|her|their|this|that|one|another|some|somebody's|someone's|\w+['’]s)`;

/**
 * A pattern of whole words in small letters. What is part of a name ("draft-box", "poll.ts") is none of them: it only has such a word
 * in it.
 */
export function words(...ways: readonly string[]): RegExp {
  return new RegExp(String.raw`(?<![\w./#@-])(?:${ways.join("|")})(?![\w/@-]|\.\w)`);
}

/**
 * What a text, or a sentence of it, speaks about: "the first proposal for S", "Vote: …". Not what it only names ("the owner of the
 * proposal"), nor what stands before another noun ("the proposal generator").
 */
export function topics(...ways: readonly string[]): RegExp {
  const noun = `(?:${ways.join("|")})`;
  const one = String.raw`${whose} (?:(?!of|for|to|in|on|at|with)\S+ ){0,2}?${noun}(?=\W*$|[:,;.!?(]| [–—-] | (?:${about}|${is})\b)`;
  // Without an article it may be a name, or a verb: "Draft is slow", "poll for mail".
  const title = String.raw`${noun}(?=[:;(]| [–—-] | (?:${about})\b[^.:]{1,80}:)`;
  return new RegExp(String.raw`(?:^|[.:;!?] )\W{0,3}(?:${one}|${title})`);
}
