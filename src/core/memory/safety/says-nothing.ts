import { byHand, type Observation } from "../../../model/memory-observation.ts";
import { absoluteDates } from "../absolute-dates.ts";
import { toldInForm } from "../claim/named-form.ts";
import { stripStatement, withoutFinding, withoutSource } from "../claim/strip-statement.ts";
import { editedSession } from "../observation-in.ts";
import { isEnd, isUnreal } from "../unreal/is-unreal.ts";
import { tokensOf } from "../words/tokens.ts";
import { isOnlySecret } from "./is-only-secret.ts";

const talk =
  /^\W*(?:ok(?:ay)?|thanks?(?: you)?|thx|cool|great|nice|perfect|sure|yes|yep|yeah|no(?=\W*$|,| (?:problem|worries|idea|thanks|need)\b)|nope|hm+|hello|hi|hey|good (?:morning|job|idea|point|catch)|lgtm|looks good|sounds good|done|got it|understood|noted|alright|right|continu(?:e|ing)|go (?:on|ahead)|going on|carry on|wait|sorry|oops|let me|let's|let us|one moment|hold on|please (?:wait|continue|go on))\b/i;
/** "Thanks, the change in src/views.ts looks good to me" */
const praise =
  /^\W*(?:thanks?|thx|nice|great|perfect|cool|good),? (?:the|your|this|that) (?:\w+ )?(?:change|fix|patch|commit|pr|diff|refactoring)\b[^:=]*\b(?:looks?|reads?|works?)\b/i;
/** "S polls every 2 min?" is a guess and no question. */
const question =
  /^\W*(?:(?:and|but|so|ok(?:ay)?|hm+|wait|sorry|also),? )?(?:what|why|how|where|when|who|whom|whose|which|can|could|would|will|shall|should|may|might|must|is|are|was|were|am|do|does|did|has|have|had|any|anything|anyone|really|isn't|aren't|doesn't|don't|didn't|won't|can't)\b.*\?\s*$/i;
/** What is to be so from here on, and not for this once. */
const standing = /\b(?:always|never(?! mind)|from now on)\b/i;
/** "Show me 250 rows when I sample it, that is my preference" */
const preferred = /\b(?:my preference|i prefer)\b/i;
/** "Look into run.ini for the settings of web" says where they are. */
const request =
  /^\W*(?:can|could|would|will) you\b(?!.{0,10} (?:always|never|only|from now on)\b)|^\W*(?:please )?(?:have a look|take a look|look (?:at|into)(?! .{1,40} for (?:the|all|its) [\w -]{1,40} of )|check (?:if|whether|that|out|the(?! .{1,60} (?:at|under|via|with|in) ))|try (?:again|to)|show me|tell me|explain|help me|fix (?:this|the|it)|implement|write (?:an?|the|some|me|more|tests?|docs?|code)|finish|continue)\b/i;
/** "Please split #1888 in two": once. */
const errand =
  /^\W*please (?:split|rename|rebase|merge|review|fix|check|look at|open|close|revert|rerun|update|move|remove|try) (?:the )?(?:prs? |mrs? |issues? |tickets? |pull requests? )?[#!]\d+\b(?!.*\b(?:whenever|when|before|after|first|always|each|every)\b)/i;
/** What comes next, and what a search has printed. */
const passing =
  /^\W*still (?:working|looking|waiting|searching|debugging|reading|investigating) (?:on|at|for|into|through)\b|^\W*(?:next (?:step|task|up)|to-?do|still to do|left to do)(?: in \S+)?:|^\W*(?:grep|rg|ripgrep)\b.{0,60}\b\d+ (?:uses?|hits?|matches|results?|lines?|places|occurrences)\b/i;
const underWay =
  /^\W*(?:(?:i|we|the agent|agent|assistant)(?:'m| am|'re| are| is|'ll| will| have| has|'ve)?\s+(?:now |just |currently |still |going to |about to )*)?(?:(?:re)?-?(?:look|search|read|open|check|runn?|try|work|inspect|scann?|think|wait|start|go|walk|list|brows|explor|investigat|debugg?|analy[sz]|review|fetch|load|compil|build|test|install|continu|proceed|mov|switch|scroll|skimm?|pars|grepp?|print|retry|rerunn?|begin|examin|trac|compar|count)ing)\b/i;
/** "Closed accounts in S are read-only", "Testing S means calling V": what is said of a noun, or of a deed. */
const described =
  /^\W*\w+ing (?:\w+:|(?:(?!whether|if|what|why|how|that|which|where)\S+ ){0,6}?(?:means|is|are|was|were|would|has|may|can|should|must|takes|needs|requires|happens|uses|goes|stops|involves)\b)|^\W*we (?:built|wrote|installed|compiled) .{3,60} (?:with|around|from) \S+|^\W*\w+ed (?!(?:the|a|an|it|that|this|all|my|our)\b)\w+ (?:in|of|for|on) \S+ (?:is|are|was|were|have|has)\b/i;
/** What comes next, by name. */
const order =
  /^\W*(?:(?:then|next|now|and) )?(?:on|over|off|back) to \S+\W*$|^\W*first,? \S+(?: and \S+)?,? then \S+\W*$|^\W*remind me\b/i;
const past =
  /^[^\w[]*(?:(?:i|we|the agent|agent|assistant|user|it|then|next|first|also|just|now)\s+)*(?:ran|opened|read|looked|had a (?:quick )?look|took a (?:quick )?look|checked|searched|grepped|listed|viewed|scrolled|skimmed|browsed|visited|saw(?! [\w]+-[\w-]+ (?:publish|emit|call|use|read|write|send|return|log|load)s? \S)|edited|saved|wrote|committed|pushed|pulled|fetched|installed|started|stopped(?! \w+ing\b)|restarted|reran|re-ran|executed|called|invoked|waited|printed|closed|copied|pasted|cloned|rebased|stashed|staged|formatted|linted|compiled|built|tested|debugged|tried|retried|inspected|examined|finished|completed|continued|asked|answered|replied|said|mentioned|noticed nothing|found nothing|found no|counted|compared|clicked|typed|navigated|loaded|downloaded|explored|investigated|reviewed|resumed|paused|cd|ls|git (?:status|log|diff)|pwd|cat)\b/i;
const outcome =
  /\b(?:exited with|(?:cursor|stack trace) .{0,40}\bline \d+|diff .{0,40}\b\d+ (?:files|lines)|\d+ (?:files|lines|items|steps|tests|pages) (?:to go|left|remain(?:ing)?)|half ?way through|so far:? \d[\d.,]*|\d+ open (?:pull requests?|issues?|tickets?|bugs?)\b|finished in|completed in|took (?:about )?\d[\d.,]*|passed in|returned \d+ (?:lines?|rows?|results?|matches|entries)|found \d+ (?:lines?|rows?|results?|matches|entries|files|usages)|\d+ (?:lines?|entries|matches|results?|files|warnings?|tests?) (?:read|found|listed|printed|shown|passed|matched|scanned|changed)|no output|nothing (?:interesting|new|to do|special|changed|found)|working tree clean|already up to date|up to date|step \d+|\d+ (?:warnings?|errors?), \d+ (?:warnings?|errors?)|work in progress|\bwip\b|attempt \d+|all (?:good|fine|green)|no (?:changes|issues|errors|problems)(?: (?:found|so far)\b|(?=\W*$)))(?!\w)/i;
/** What is so each time, or how far it may go. */
const lasting =
  /\b(?:always|usually|must|because|keeps?|maximum|minimum|limit(?:ed)?|at (?:most|least)|exceed\w*|no more than|so that no)\b/i;
/** "(exit code 0)", "(from the file)": where it was seen. */
const seenMark =
  /\s+\((?:exit (?:code|status)|from|seen|found|read|run|user|model|file|checked|confirmed)\b[^()]{0,40}\)\.?$/i;
const saidByUser =
  /^\W*(?:the )?(?:user|customer|maintainer|owner) (?:said|says|mentioned|noted|replied|answered|added|told (?:me|us)|pointed out|explained)(?: that)?:?\s+(?=(?:the|our|an?|all|each|every|\w+['’]s|[\w-]*[-_.\d][\w-]*)\s\S+ \S)/i;
/** What somebody did, and what goes with a change of code. */
const ownWork =
  /^\W*(?:i|we)\b|\b(?:change|commit|patch|pull request|merge request|pr|mr)\b(?! (?:window|policy|process)\b)/i;
/** A name alone. */
const heading = /^[#*\s]*[\w.-]+[:*\s]*$/;
/** What a package manager says beside its work, and what a run ends with. */
const aside =
  /^\W*(?:(?:npm|pnpm|yarn|pip)\s+(?:warn|notice|info|verb|http)\b|(?:exit (?:code|status):?|elapsed:?) \d\S*\W*$)/i;
const shell =
  /^\W*(?:\$ )?(?:cd|ls|cat|pwd|echo|head|tail|less|git (?:status|diff|log|show|add|commit|checkout|stash))\s+\S*$/i;

/**
 * Whether a line of a session tells only how the session went: talk, questions, what somebody was just doing. It stays in
 * the inbox and becomes no fact. What came with a key, evidence or a date was meant to be kept; so was whatever is not
 * surely one of these.
 */
export function saysNothing(observation: Observation): boolean {
  const { text, subject, predicate, value, cites, kind, origin, session, at } = observation;
  if (isOnlySecret(text)) return true;
  // What somebody typed in to be kept is kept, by command or in a file of memory.
  if (session === byHand || (origin === "user" && session.startsWith(editedSession))) return false;
  if ((subject ?? predicate ?? value ?? kind) != null || (cites ?? []).length > 0) return false;
  const one = /^\W*(?:judging|going) by\b/i.test(text)
    ? stripStatement(text).text
    : withoutUser(withoutSource(text.trim().replace(seenMark, "")), at);
  // "We opened the beta last Friday" is an event with a day; "I ran the tests yesterday" is not worth one.
  const isDated = (): boolean => absoluteDates(one, at) !== one;
  if (question.test(one) || heading.test(one)) return true;
  if (isUnreal(one, origin)) return !(isEnd(one) && !ownWork.test(one) && isDated());
  if (talk.test(one) && one.split(/\s+/).length <= 8 && !goesOn(one) && !tells(one)) return true;
  if (praise.test(one) && !standing.test(one)) return true;
  if (/^\W*(?:let me|let's|let us)\b/i.test(one) && !standing.test(one)) return true;
  if (origin === "user" && (request.test(one) || errand.test(one))) return !preferred.test(one);
  if (/^\W*we\b/i.test(one) && isDated()) return false;
  return (
    ((underWay.test(one) || past.test(one)) && !described.test(one) && !tells(one)) ||
    order.test(one) ||
    passing.test(one) ||
    aside.test(one) ||
    shell.test(one) ||
    (outcome.test(one) && !lasting.test(one) && !tells(one))
  );
}

/** What a person said is what counts, where it has a day, a name or a number in it. */
function withoutUser(text: string, at: string): string {
  const said = text.replace(saidByUser, "");
  const isTelling =
    absoluteDates(said, at) !== said || tokensOf(said).some(({ kind }) => kind !== "word");
  return isTelling ? said : text;
}

/**
 * "ok so the batch size of web is 128", "checked again: the timeout of web went from 20 s to 90 s"; "ran `make info`: web needs 4 GB" tells
 * what was found, where that is no talk itself.
 */
function tells(text: string): boolean {
  const found = withoutFinding(text);
  const isFound =
    found !== text && ![talk, underWay, past, outcome, question].some((way) => way.test(found));
  return (
    isFound ||
    (/\b(?:is|to|was|as|has|be)\b|[:=]/.test(text) &&
      toldInForm(stripStatement(text).text) !== undefined)
  );
}

/** "Right, web runs in eu-west-1": behind the talk something is said, with a name or a number in it. */
function goesOn(text: string): boolean {
  if (standing.test(text)) return true;
  const rest = /^\W*[a-z]+(?: [a-z]+)?[,:]\s+(.+)$/i.exec(text)?.[1] ?? "";
  const tokens = tokensOf(rest);
  return (
    tokens.length >= 3 &&
    tokens.some(({ kind }) => kind !== "word") &&
    !underWay.test(rest) &&
    !past.test(rest)
  );
}
