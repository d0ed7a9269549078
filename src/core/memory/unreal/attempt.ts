import { topics, words } from "./words.ts";

/** What somebody began, to see how it goes. */
const begun = topics(
  "(?:attempt|try|trial|trial run|pilot|experiment|proof of concept|poc|spike|test run|prototype|hack|branch|pull request|merge request|pr|mr|commit|patch|change|switch|migration|move|rollout|effort|idea|plan)s?",
);
const who = "(?:i|we|they|he|she|you|somebody|someone|people|\\w+)";
const tried = new RegExp(
  String.raw`(?:^|[.:;,!] |\b(?:and|then) )\W{0,3}(?:${who} )?(?:once |briefly |already |also |had )?(?:tried|attempted|trialled|trialed|piloted|experimented|toyed|played with|fiddled|gave .{1,40} an? (?:go|try|shot|spin)|started \w+ing|began \w+ing|wanted to|meant to|intended to|set out to|was about to|were about to|spent .{1,30} \w+ing)\b|\b(?:had (?:tried|experimented|attempted)|an experiment in which|attempt (?:at|to)|(?:somebody|someone) tried)\b`,
);
/** It came to nothing, whatever it was. */
const cameToNothing = words(
  "nothing (?:was|got|has been|had been) (?:changed|merged|kept|committed|pushed|saved)|nothing came of (?:it|that|this)|came to nothing|went nowhere|led nowhere",
  "left (?:it|that|this|things|everything|all|them|the \\S+) (?:alone|be|as (?:is|it (?:is|was)|they (?:are|were)|before)|untouched|unchanged)|left alone",
  "(?:closed|deleted|dropped|thrown away|discarded) (?:unmerged|without (?:merging|a merge|being merged))|never (?:landed|merged|shipped|materiali[sz]ed|took off)",
  "(?:(?:i|we|they|he|she) (?:put|set)|changed|switched|moved|turned|flipped|took|rolled) (?:it|that|this|them|everything) back|went (?:straight |right )?back the same|undid (?:it|that|this|everything|them)(?= |\\W*$)|(?:was|were|been|got|then|since|later|and|promptly) (?:undone|thrown (?:away|out)|called off|backed out|taken back)|since (?:removed|deleted|undone|reverted)|(?:then|and|but|later|was|were|been|got) (?:\\w+ly )?(?:reverted|rolled back)|gave up(?! after \\d)|given up(?! after \\d)|backed down|had to (?:give up|go back|revert)",
);
/** Ends of an attempt, which are said of other things as well. */
const ended = words(
  "failed|abandoned|reverted|rolled back|backed out|discarded|scrapped|shelved|binned|ditched|cancell?ed|aborted|(?:was|were|got|been|and|then|,)(?: \\w+ly| later| soon| then)? (?:dropped|stopped|closed|deleted|removed|declined|rejected|withdrawn)|got stuck|went (?:wrong|back)|gone|(?:permission|access|timeout|type|build) (?:error|denied)|an error|in vain|without (?:success|luck)|no luck|unsuccessful(?:ly)?",
  "(?:did|does|has|have|had|could|would)(?:n['’]t| not| never)(?: quite| really| ever| actually)? (?:land|landed|merge|merged|ship|shipped|stick|stuck|survive|survived|go through|make it|made it|happen|work|worked|help|compile|build|start|pay off|pan out)|never (?:made it|happened|worked|went through|finished)",
);
const abandonedStart =
  /^\W*(?:(?:i|we|they|\w+) )?(?:abandoned|reverted|discarded|scrapped|undid|backed out|rolled back|threw away|gave up(?: on)?|shelved|cancell?ed|closed|deleted|dropped) (?:the|an?|my|our|his|her|that) (?:\S+ )?(?:branch|attempt|experiment|idea|plan|try|trial|pilot|spike|change|commit|patch|pull request|merge request|pr|mr|draft|stash)\b/;
/** What holds after it: the attempt is told for that. */
const holdsNow = words(
  "now|today|is|are|stays?|stayed|remains?|keeps?|still|so we|so it|uses|runs|since(?! (?:removed|deleted|undone|reverted))|until|because|always|do not|don['’]t|must|should|will|when|unless",
  "(?:reverted|rolled back|went back|changed back|back) (?:to|from)|(?:and|we|so) (?:build|use|run|deploy|ship|keep)|then (?:use|run|set|kill|try|call)",
);
const standing =
  /(?:^|[,.;:] )\W{0,3}(?:please |so |then )?(?:use|make|keep|write|go|take|set|put|stick|call|run)\b/;

/** Somebody tried something, however it ended. */
export function isTried(text: string): boolean {
  return tried.test(text) || abandonedStart.test(text);
}

/** Tried, and undone or never done: what was to be set is not set. */
export function isUndone(text: string): boolean {
  if (holdsNow.test(text) || standing.test(text)) return false;
  if (cameToNothing.test(text) || abandonedStart.test(text)) return true;
  return ended.test(text) && (tried.test(text) || begun.test(text));
}
