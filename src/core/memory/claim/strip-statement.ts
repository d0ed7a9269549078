import { remembered } from "../words/remembered.ts";
import { inNamedForm } from "./named-form.ts";
import { inOneWay } from "./one-way.ts";

/** A statement without what is said around it. */
export interface Stripped {
  readonly text: string;
  /** Said as a guess. */
  readonly isHedged: boolean;
  /** Says that it was another way before. */
  readonly isChange: boolean;
  /** Says that it comes on top of others. */
  readonly isMore: boolean;
}

const hedgeStart =
  /^(?:apparently|probably|presumably|perhaps|maybe|possibly|supposedly|seemingly|i (?:think|believe|guess|suspect|assume|gather)(?: that)?|we (?:think|believe|assume)(?: that)?|it (?:seems|appears|looks)(?: like| as if| as though| that)?|(?:seems|looks|appears)(?: like this| like| that)?|my (?:guess|impression|understanding) is(?: that)?|(?:judging|going) (?:by|from) [^,]{1,60},|as far as (?:i|we) (?:can (?:tell|see)|know)|(?:(?:judging |going )?(?:from|by)|based on) [^:]{1,60}?,? (?:i|we) (?:infer|guess|gather|assume|conclude|suspect|suppose|take it)(?: that)?|from (?:the|what i)[^,:]{1,60},|(?:most )?likely|there are signs that|(?:inferred|inferring|guessed|guessing|looks like this|my (?:reading|understanding|impression|guess|assumption))(?: (?:from|of|by|about) [^:,.]{1,40})?:|inferred|i(?:'d| would) (?:say|guess)(?: that)?)[\s,:–—-]+/i;
const talkStart =
  /^(?:note(?: that| to (?:you|self|all|everybody|everyone))?|(?:ok,? )?listen|remember this|(?:please )?be aware(?: that| please)?|you (?:have to|should|must) know(?: that)?|it is so that|i (?:want|wanted) to (?:inform|tell) you(?: that)?|i (?:have )?changed my mind|we (?:have )?(?:reverted|went back)|fyi|(?:update|correction|(?:the )?decision|new|change|changed|info|tip|hint)(?=\s*[:,–—-])|heads[- ]up|reminder|remember(?: that)?|nb|psa|to be (?:clear|exact|precise|honest)|to settle it|ok(?:ay)?|so|well|actually|in fact|by the way|btw|right|oh|one (?:more|other) thing|(?:a )?quick (?:note|one)|another thing|(?:also )?worth (?:noting|knowing|remembering)|just so (?:that )?you know|for (?:the )?next time|next time(?=:)|for (?:future|later) reference|good to know|for the record|as a reminder|for reference|(?:it )?turns out(?: that)?|as it turns out|however|meanwhile|also|and|but|please note(?: that)?|confirmed|verified|observed|noticed(?: that)?|i noticed(?: that)?|we noticed(?: that)?|found(?: out)?(?: that)?|learned(?: that)?|i (?:saw|see|found|learned)(?: that)?|the (?:user|team|docs?|readme|config|log|logs|code) (?:says?|said|states?|stated|shows?|showed|confirms?|confirmed|mentions?|mentioned)(?: that)?|(?:user|team) (?:says?|said|confirmed)(?: that)?|according to [^,:]{1,60}[,:]|per [^,:]{1,40}[,:]|as (?:stated|written|documented|seen|discussed|agreed|decided)(?: [^,]{1,40})?,|we (?:decided|agreed)(?: that)?|(?:it was )?(?:decided|agreed)(?: that)?|today|recently|lately|as usual|in (?:this|our) (?:repo|repository|project|codebase)|for this (?:repo|repository|project),?|here,?|in short)(?:\s*[:,–—-]+\s*|\s+)/i;
/** "Checked by a run: …", "From the runbook: …": where it comes from, in front of a sentence of its own. */
const sourceStart =
  /^(?:(?:changelog|readme|runbook|handbook|wiki|manual|docs?|guide|adr|contributing)\b[^:.]{0,30}|(?:checked|seen|found|noted|verified|observed|learned|confirmed|measured|read|taken|quoted|copied)(?: again| once more)?(?: (?:in|by|from|during|while|with|on) (?:[^:.]|\.(?=(?:md|rst|adoc|txt|json|ya?ml|toml|ini|[cm]?[jt]sx?|py|go|rs|java|kt|rb|sh)\b)){1,60})?|from (?:\S+\.\w+|[^:.,]{1,40})|(?:the )?(?:user|team|maintainer|reviewer|lead) (?:mentioned|said|told (?:me|us)|noted|reported|explained|confirmed)|in the (?:spec|docs?|readme|wiki|handbook|notes?|manual|runbook|minutes|call|chat|meeting)|(?:the )?(?:output|results?|summary|outcome|excerpt|findings?) (?:of|from|in) [^:.]{1,40}|let me (?:state|say|put|repeat) (?:it|this|that)(?: \w+)?|i want (?:this|that|it) (?:written down|noted|on record|remembered)|(?:here is )?what i (?:learned|found|saw|noted)[^:.]{0,30}|i (?:noted|found|saw|gather|learned)|(?:told|said|stated) by (?:the )?\w+|(?:run )?output confirms|git (?:log|show|blame)(?: -\S+| \S+){0,3}|commit [0-9a-f]{6,40}|user|please (?:write down|note|remember|record|keep in mind))\s*:\s+(?=\S+ \S+ \S)/i;
/** "Ran `make info`: …", "checked at runtime: …", "Summary of this part of the session: …": what somebody did to know it. */
const doneStart =
  /^(?:(?:i|we) (?:(?:have|had|just|already|also) ){0,2}(?:checked|looked|verified|tested|measured|confirmed|asked|talked|discussed|tried|went)(?: (?:at|into|up|over|through|about))? ?(?:this|that|it|them)?(?: (?:myself|ourselves|again|up|over|out|today|just now|by hand|locally))?(?: with (?:the )?[\w-]+(?: and [\w-]+)?)?(?=[,:])|(?:while )?(?:reading|skimming|looking at|going through) \S+ along the way|(?:(?:i|we) )?(?:ran|executed|queried|grepped) `[^`]{1,80}`|(?:checked|verified|tested|measured|looked) (?:at runtime|by hand|locally|there)|summary(?: of (?:this|the) (?:part of (?:this|the) )?(?:session|work|run))?|finding)\s*(?:[:,]|=>|→)\s+(?=\S+ \S+ \S)/i;
const hash = String.raw`(?=[0-9a-f]{0,40}\d)[0-9a-f]{7,40}`;
/** "9a7b6c5 docs(web): …", "[9a7b6c5] …": the commit it stands in. */
const commitStart = new RegExp(
  String.raw`^(?:\[${hash}\]|(?=[0-9a-f]{0,40}[a-f])${hash}:?)\s+(?:[a-z]{2,10}(?:\([\w./-]{1,40}\))?!?:\s+)?(?=\S+ \S+ \S)`,
);
/** "console of job 5283: …", "health check 56b866b: …", "dry run for KT-12 printed: …": the run that showed it. */
const runStart = new RegExp(
  String.raw`^(?:the )?(?:(?:console|logs?|output|dry|smoke|health|status|run|job|build|pipeline|check|tests?|rollout|report|scan|deploy|probe) (?:(?:of|for|in) )?){1,3}(?:#?\d{2,}|${hash}|[A-Z][A-Z\d]*-\d+)(?: (?:logs?|output|done))?(?: (?:printed|prints|says|said|shows|showed|reports|reported))?[:,]\s+(?=\S+ \S+ \S)`,
  "i",
);
/** commit 9a7b6c5 "…" */
const commitSaid = new RegExp(String.raw`^commit ${hash}:?\s+"([^"]{8,})"$`, "i");

/** Who doubts, denies or only asks says nothing by what follows. */
const unsure =
  "if|whether|when|unless|until|not|never|nobody|nothing|no|who|may|might|could|would|should|must|hop(?:e|es|ed)|wish\\w*|doubt\\w*|fear\\w*|claim\\w*|think\\w*|thought|says?|said|believe\\w*|heard|rumou?rs?|imagin\\w*|suppos\\w*|assum\\w*|den(?:y|ies|ied)|disput\\w*|question\\w*|myth|wrong\\w*|false\\w*|forg[eo]t\\w*|outdated|obsolete|stale|old|former|unlikely|impossible";
/**
 * "It was established in this session that …", "the outcome is that …", "ADR-57 records that …": that it was found, and where. In
 * "records that version" it is another word.
 */
const foundThat = new RegExp(
  String.raw`^(?!.{0,90}\b(?:${unsure})\b.{0,90}? that )[^.:;]{0,90}?\b(?:noted|established|found(?: out)?|learned|learnt|discovered|confirmed|verified|determined|observed|noticed|records|recorded|shows|showed|states|stated|mentions|prints|printed|reported|documents|documented|became clear|is clear|turned out|outcome is|conclusion is|result is|decision is|agreed|decided|concluded|settled)(?: (?:in (?:this|the) session|during (?:this|the) \w+))? that,? (?=(?:the|a|an|in|on|for|with|by|our|its|all|every|each|there)\s|${"`"}|(?-i:[A-Z])|[\w@]*[-_/.@\d][\w@./-]*\s|\w+ (?:is|are|has|have|needs|uses|runs|must|may|reviews)\s)`,
  "i",
);
const changeStart =
  /^(?:as of (?:today|now|\d{4}-\d\d-\d\d),?|(?:effective|starting|beginning|as of|from|since|after) (?:(?:today|now|then|immediately|yesterday|this|last|next|the|that|our|[\d-]{4,})[^,]{0,40}),|(?:new|current|latest) (?:state|setting|value|situation)(?: of affairs)?:|(?:after|since) the (?:switch|change|move|migration|update):|with (?:the|this|our) (?:latest|last|new|recent|newest) (?:change|release|update|commit|deployment|version|refactoring),?|from (?:now|here) on(?: out)?,?|now,?|these days,?|nowadays,?|as of now,?|currently,?|at present,?|going forward,?|correction:?)\s+/i;
const hedgeEnd =
  /(?<![,\s(–—-])[,\s(–—-]{1,4}(?:as far as (?:i|we) (?:can (?:tell|see)|know)|i (?:think|believe|guess|suppose)|apparently|probably|presumably|it seems|it appears|or so it seems|if i(?: a|')m not mistaken|not (?:entirely )?sure|(?:inferred|guessed|assumed|unverified|unconfirmed)(?: [^)]{0,60})?)\)?[.!]?$/i;
const talkEnd =
  /\s+\((?:from|seen|found|read|source:?|exit|user|run|file|model|checked|confirmed)\b[^()]{0,40}\)\.?$|(?<![,\s(–—-])[,\s(–—-]{1,4}(?:for the record|fyi|according to [^)]{1,60}|as (?:stated|written|documented|seen|shown|confirmed|noted) [^)]{1,60}|that is what (?:i|we) (?:found|saw|learned|noticed)(?: in [^)]{1,40})?|confirmed|verified|for reference|by default|as an? (?:exception|rule)|in general|by the way|at the moment|for the time being|for now|right now|today|per (?!(?:second|minute|hour|day|week|month|year)\b)[^,)]{1,40})\)?[.!]?$/i;
const changeEnd =
  /(?<![,\s(–—-])[,\s(–—-]{1,4}(?:now|nowadays|these days|from now on|from here on|going forward|as of (?:today|now|this|the|last|next|[\d-]{4,})[^,;)]{0,40}|since (?:today|yesterday|this|last|then|[\d-]{4,})[^,;)]{0,40}|anymore|any more|any longer|since then|after the (?:migration|switch|change|move|update|upgrade|refactor(?:ing)?|release|incident))\)?[.!]?$/i;
/** "Just my own setup, the project is not affected: …": that it holds for nobody else. */
const onlyMine =
  /^(?:just |only )?(?:my (?:own |personal )?(?:setup|machine|laptop|preference|taste|habit)|(?:a )?personal (?:preference|habit|taste)(?: of mine)?)\b[^:.]{0,60}:\s+(?=\S+ \S)/i;
/** What holds in general, and what holds only there, is said of the same thing as without these words. */
const usualStart =
  /^(?:exception[.:,]\s+(?=\S+ \S)|(?:in general|generally|normally|usually|by default|as a rule|in most cases|unless (?:stated|said|noted|told) otherwise|if not (?:stated|said|set) otherwise)(?:,\s*|\s+(?=the\b))|only\s+(?=(?:on|in|for|under|with|at|during|when|within|inside)\b))/i;
/** A second sentence that says only who says so, or that it matters. */
const after =
  /\.\s+(?:keep (?:that|this|it) in mind|(?:that|this) (?:is|was|came|comes|went) [^.]{1,50}|the (?:wiki|docs?|readme|runbook|handbook|team|others?|ops people|people) (?:says?|said|asked?|agreed?|wants?|wanted|confirmed?|knows?)[^.]{0,40}|it (?:was|is|has been) (?:agreed|decided|discussed|confirmed|checked|written)[^.]{0,50}|(?:everyone|everybody|we all|all of us)[^.]{1,40}|please (?:remember|note|keep)[^.]{0,30}|thanks?(?: you)?|no exceptions|(?:i|we) (?:set|put|wrote|configured|decided|chose|checked|looked) (?:that|this|it)(?: up| in| down| out)?(?: (?:myself|ourselves|together|on purpose))?|i (?:have not|haven['’]t|did not|didn['’]t) (?:check|verif|confirm|test|tr[iy])\w*[^.]{0,20}|as discussed[^.]{0,30})\.?$/i;
/** A second sentence about the note and not what it notes: how it came up, who asked, what uses it. */
const aboutNote =
  /\.\s+(?:see also \S+[/.]\w\S* for how\b|context: [A-Z]{2,}-\d+, (?:where|when|in which)\b|came up (?:while|when)\b|writing (?:it|this|that) down because\b|took (?:me |us )?(?:a moment|a while|some time) to find\b|not urgent, but whoever\b)(?:[^.]|\.(?=\S)){1,300}\.?$/i;
const reason =
  /(?:,|;|\s[–—-])?\s(?:because|due to|so that|in order to|which is why|thanks to)\s.{1,400}$/i;
/** No part of a name: "stock.changed.v2". */
const change =
  /(?<![\w./-])(?:(?<!\bjust )now(?! and (?:then|again)\b)|nowadays|no longer|not .{1,40} any ?more|anymore|instead of|rather than|in place of|these days|from now on|as of|used to|formerly|previously|switched(?! (?:on|off)\b)|moved|migrated|(?<!\bnothing (?:else )?)changed|replaced|replaces|renamed|upgraded|downgraded|bumped|raised|lowered|increased|decreased|reduced|rewritten|relicensed|reverted|swapped|took over|taken over|has become|became|was updated|went from)(?![\w/-]|\.\w)/i;
/** Says that it is so now, wherever it stands. */
const lately =
  /\s*\b(?:these days|nowadays|right now|at the moment|from now on|going forward|as of (?:now|today)|for the time being|any ?more|any longer)\b/gi;
const more =
  /\b(?:also|in addition|additionally|another|besides|alongside|among|(?:is|are) (?:a )?part of|one of|one thing (?:that|of)|(?:was|were|is|are|been|got) added to|ha(?:s|ve) joined|on top of (?:that|those|the (?:others?|rest))|as well(?! as\b)|too(?=\s*(?:[.,;!)]|$)))/i;
/** Others heard it, too: that makes no more of what is said. */
const toldToo =
  /\b(?:i|we)(?:['’]m|['’]re| am| are)? (?:also )?tell(?:ing)? (?:you|him|her|them|everybody|everyone)(?: as well| also|,? too)?\b/gi;

/** Takes openings ("note that", "it seems that", "as of March,"), closings and reasons off a statement, and says what they said. */
export const stripStatement = remembered((given: string): Stripped => {
  const whole = given.trim().replaceAll(/\s+/g, " ").replace(aboutNote, "");
  let text = withoutPlace(whole.replace(commitSaid, "$1"))
    .replaceAll(lately, "")
    .replace(onlyMine, "on my setup, ")
    .trim();
  let [isHedged, isChange] = [false, change.test(whole)];
  const isMore = more.test(whole.replace(toldToo, " "));
  for (let before = ""; before !== text;) {
    before = text;
    const hedge = hedgeStart.test(text) || hedgeEnd.test(text);
    const changed = changeStart.test(text) || changeEnd.test(text);
    isHedged ||= hedge;
    isChange ||= changed;
    const next = [
      hedgeStart,
      sourceStart,
      commitStart,
      runStart,
      doneStart,
      foundThat,
      talkStart,
      changeStart,
      usualStart,
      after,
      hedgeEnd,
      talkEnd,
      changeEnd,
    ].reduce((left, pattern) => left.replace(pattern, ""), text);
    if (/\w/.test(next)) text = next.trim();
  }
  const short = text.replace(reason, "");
  if (short.split(" ").length >= 3) text = short;
  isHedged ||=
    /\b(?:seems to|appears to|might|may be|looks to|probably|apparently|presumably)\b/i.test(text);
  text = text.replaceAll(/\b(?:seems to|appears to|looks to)\b/gi, "").replaceAll(/\s+/g, " ");
  isHedged ||= text.endsWith("?");
  return { text: inNamedForm(inOneWay(withoutStop(text))), isHedged, isChange, isMore };
});

/** "docs/ops.md: The timeout of web is 30 s": where it was read, in front of a sentence that names what it is about itself. */
function withoutPlace(text: string): string {
  const [, place = "", rest = ""] =
    /^(\S*[\w-]\.[a-z]\w{0,9}(?::\d+)?)(?: says?)?:\s+(\S.*)$/i.exec(text) ?? [];
  // A document speaks in sentences of their own.
  if (/\.(?:md|rst|adoc|txt)(?::\d+)?$/i.test(place) && /\s\S+\s/.test(rest)) return rest;
  const isNamed = place.split("/").some((part) => part.includes("-") && rest.includes(part));
  return isNamed || /^The .{1,60} of \S+ (?:is|are)\b/.test(rest) ? rest : text;
}

/** A text without what says in front of it where it comes from: an order stays one. */
export function withoutSource(text: string): string {
  return text.replace(sourceStart, "");
}

/** A text without what somebody did to know it, and without that they found it. */
export function withoutFinding(text: string): string {
  return [doneStart, foundThat].reduce((left, start) => left.replace(start, ""), text);
}

/** A full stop ends a sentence; the dots of `./...` are of its last word. */
function withoutStop(text: string): string {
  return text.replace(/(?<!\/\.{0,3})[.!?]+$|(?<=\/\.{3})\.$/, "").trim();
}
