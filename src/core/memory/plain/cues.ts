/** Where a text says what was so: that itself, and with the words that say so. */
export interface OldSpan {
  readonly from: number;
  readonly to: number;
  readonly whole: { readonly from: number; readonly to: number };
}

const thing = String.raw`(?:the |our |an? |any |all )?(?<old>(?!(?:after|before|from|to|in|on|at|by|with|when|every|each|for|as|and|or|is|are|was|it|this|that|there|they|we|he|she|you|who|which|what)\b)[^\s,;:()]+(?: (?!(?:and|but|so|for|with|by|to|in favou?r|because|since|is|are|was|were|has|have|from|as|now|anymore|any|we|it|in)\b)[^\s,;:()]+){0,3})`;
const leave = String.raw`(?:dropped|ditched|abandoned|retired|removed|killed|deprecated|(?:ripped|threw|thrown|phased|kicked) out|gave up|given up|got rid of|getting rid of|(?:have |has )?moved (?:away|off) from|away from|stopped(?: using)?|swapped|replaced|exchanged|traded|switched off|turned off|shut down)`;
const over = String.raw`(?:gone|history|retired|deprecated|dropped|removed|shut down|replaced|abandoned|cancelled|canceled|switched off|turned off|discontinued|obsolete|phased out|a thing of the past|no longer (?:used|in use|needed|supported|maintained|available|around|there|a thing)|not used|superseded|sunset|scrapped|ended|forbidden|banned|not allowed|decommissioned)`;

/** Ways to say that something was so. */
const ways: readonly RegExp[] = [
  String.raw`(?<=\b(?:chang|mov|switch|migrat|upgrad|downgrad|bump|rais|lower|increas|decreas|reduc|renam|convert|port|transferr|rebrand|relocat|shift|hand|extend|shorten|slipp|postpon)\w* (?:\S+ ){0,4}?|\bwent )from ${thing} (?:over )?(?:to|into)\b`,
  String.raw`(?<=\b(?:took|taken|takes|taking) (?:over|it over|\S+ over|over \S+(?: \S+)?) )from ${thing}`,
  String.raw`\b(?:instead of|rather than|in place of|no longer|not any ?more|in lieu of)(?: (?:using|on|in|with|to|at|be|deploy\w*|run\w*|have|has|had|need\w*|us(?:e|ing)))* ${thing}`,
  String.raw`\b${leave} ${thing}`,
  String.raw`\b(?:replaces|replaced|supersedes|superseded|succeeds|succeeded|replacing) ${thing}`,
  String.raw`(?:^|[,;:.] (?:and |but |so )?)${thing} (?:is|are|was|were|has been|have been|got|has|have)(?: now| all| just)? ${over}\b(?! (?:after|before|when|at|from|on|to|for|in|again|twice|every|each|within|once|only|if|unless|until|daily|weekly)\b)`,
  String.raw`, (?:and )?(?:not|never|no more|no longer|no)(?: (?:on|in|with|at|to|by|from|via|as))? ${thing}(?=(?: please)?[.!]?$|[,;])`,
  String.raw`\brenamed ${thing} (?:to|into|as)\b`,
  String.raw`(?:^|[,;.] )${thing} (?:was|is|has been|got) (?:now )?(?:renamed|rebranded)(?: now)? (?:to|into|as)\b`,
  String.raw`\bt(?:ook|akes|aken) the place of ${thing}`,
  String.raw`(?:^|[,;.] (?:and |but |so )?)(?<old>(?!(?:We|They|I|He|She|It|You|Who|Nobody)\b)(?-i:\p{Lu})\p{L}+) (?:has |have )?(?:left|quit|resigned|stepped down|moved on|is leaving|was let go)\b`,
  String.raw`\b(?:is|are|was) (?:not|no longer) ${thing}(?=[,;] (?:but |and )?(?:it|they|that)(?:'s| is| are|['’]re)\b)`,
  String.raw`\b(?:don['’]t|do not|doesn['’]t|does not) (?:use|need|run|have|deploy to|go to|want) ${thing}(?: any ?more| any longer| now)`,
  String.raw`\b(?:don['’]t|do not) use ${thing}, `,
  String.raw`\b${thing} (?:does not|doesn['’]t|do not|don['’]t) (?:work|run|exist|count|apply) (?:any ?more|any longer)`,
  String.raw`(?:^|[,;:.] )${thing} (?:does not|doesn['’]t|did not|didn['’]t|is not|isn['’]t) [^,]{2,40}, \S+ (?:does|did|is)\b`,
  String.raw`\bsupport for ${thing} (?:has |was |is |got )?(?:ended|dropped|removed|gone|over|discontinued)\b`,
  String.raw`\b(?:threw|thrown|throwing|took|put) ${thing} (?:away|out|down)\b`,
  String.raw`\bgoodbye,? (?:to )?${thing}`,
  String.raw`\bused to be ${thing}`,
  String.raw`\b(?:was|were) ${thing}(?= (?:before|previously|earlier|until now))`,
].map((way) => new RegExp(way, "gidu"));

export function oldSpansIn(text: string): readonly OldSpan[] {
  return ways.flatMap((way) =>
    [...text.matchAll(way)].flatMap((match) => {
      const at = match.indices?.groups?.["old"];
      const whole = { from: match.index, to: match.index + match[0].length };
      return at === undefined ? [] : [{ from: at[0], to: at[1], whole }];
    }),
  );
}

/** Says that it is so from here on, and was not before. */
const fresh =
  /\b(?:now|from now on|from today|from here on|as of|these days|nowadays|going forward|no longer|any ?more|any longer|again(?=[.!]?$| (?:after|since)\b)|back (?:on|to|at)|correction|actually|i was wrong|update|since (?:january|february|march|april|may|june|july|august|september|october|november|december|the|today|yesterday|last|this|v?\d)|(?:chang|mov|switch|migrat|rais|lower|increas|decreas|reduc|upgrad|bump|renam|rebrand|extend|shorten|shift|relocat|convert|cut|slipp|push|hand|transferr|gr[eo]w|shr[aiu]nk|doubl|halv|swap|postpon|reschedul|delay|port)\w* (?:(?!(?:to|from|for)\b)\S+ ){0,4}?(?:to|as)\b|went (?:up|down|back|from|over|to)|took over|taken over|became|become|has landed|have landed|is enough|got rebranded|was cancelled|is cancelled|opened up)\b/i;

export function isFresh(text: string): boolean {
  return fresh.test(text) || opening.test(text);
}

const changed =
  /\b(?:chang|mov|switch|migrat|upgrad|downgrad|bump|rais|lower|increas|decreas|reduc|renam|convert|port|transferr|rebrand|relocat|shift|hand|extend|shorten|slipp|postpon|doubl|halv|cut)\w* |\b(?:went|took|taken|belongs|became|becomes)\b/i;

/** A verb says that it changed. */
export function isChanged(text: string): boolean {
  return changed.test(text);
}

/** From when on: no part of what is so. */
const from =
  /,? (?:(?:since|as of|starting|effective) (?:the |last |this |next |our )?[\w-]+(?: [\w-]+)?|from (?:\d{4}-\d\d-\d\d|now|today|tomorrow|here|next \w+|this \w+|(?:mon|tues|wednes|thurs|fri|satur|sun)day))(?: on(?:wards?)?)?(?=[.!]?$|, )/i;

/** "Actually, …", "I was wrong: …" */
const opening =
  /^(?:actually|correction|update|so|well|oops|sorry|in fact|i (?:was|am) wrong|my mistake|scratch that|i meant?|no)[,:;]\s+(?:the |that )?(?=\S+ \S)/i;

export function withoutStart(text: string): string {
  const rest = text.replace(opening, "").replace(from, "");
  return rest.split(" ").length >= 2 ? rest : text;
}

/** What may come, is only thought of, or was long ago, ends nothing. */
const notYet =
  /\b(?:might|could|would|plan(?:s|ned|ning)? (?:to|on)|want(?:s|ed)? to|going to|about to|consider\w*|thinking (?:of|about)|will(?! not)|next (?:year|month|quarter|week|sprint|release)|some ?day|eventually|maybe|perhaps|probably|propos(?:e|es|ed|al)|ideas?|wish(?:es)?|hopes?|hoping|if we|whether|evaluat\w*|tr(?:y|ies|ied|ying|ial)|experiment\w*|pilot\w*|not (?:yet|decided)|used to|once (?:was|were|had|ran|used)|back then|formerly|previously|in the past|years? ago)\b|\?\s*$/i;

export function isNotYet(text: string): boolean {
  return notYet.test(text);
}
