import { either } from "./either.ts";

/** Where an imperative stands, and no prohibition. */
const starts = String.raw`(?:^|[.!?:;,"'“(\]>*/]\s*|\b(?:and|then|please|also|instead|just|first) )`;
const does = String.raw`(?:${starts}|\b(?:must|should|shall|always|need to|have to|has to|to|you(?: can| may)?|agents?|assistants?|tools?) )(?<!\b(?:not|never|don['’]t) )`;
/** What stands behind the name of a secret when something about it is meant. */
const about = String.raw`(?![\w]|[-/]\w| (?:lifetimes?|polic\w+|limits?|counts?|budgets?|buckets?|refresh\w*|rotation|formats?|headers?|names?|endpoints?|expiry|ttl|usage|length|hash\w*|stores?|managers?|banner|settings?)\b)`;
const secrets = String.raw`(?:(?<![-_/:\w])(?:secrets?|(?<!design |max )tokens?|credentials?(?: files?)?|passwords?|passphrases?|(?:api|private|ssh|access|deploy|signing) ?keys?|keychain|cookies?|env(?:ironment)?(?: variables?| vars?)|(?:whole|full|entire) environment|system prompt)${about}|\b(?:id_rsa|id_ed25519|id_ecdsa|authorized_keys)\b|\b(?:process\.env|os\.environ|printenv)\b|(?<!\w)\.(?:env|ssh|netrc|aws|npmrc)\b(?![-.\w])|\/etc\/(?:shadow|passwd)\b)`;

const shown = String.raw`(?:printed|echoed|dumped|posted|committed|logged|shared|pasted|published|in plain ?text)\b`;

/** Secrets that are to be shown, read or handed on. */
const exposing = either(
  String.raw`${does}(?:print|dump|echo|output(?! (?:shows|says|reads|confirms|tells)\b| of (?:\x60|[^.:\n]{1,50}(?:: | (?:confirms|shows|says|proves) )))|reveal|display|paste|post|send|upload|commit|share|expose|leak|publish|give|disclose|append|attach|e-?mail|forward|transmit|submit|encode|exfiltrate|hand (?:over|in|out)|(?:respond|reply|answer)(?: only)? with)\b(?![-\w])(?:(?! (?:is|are|\w+s (?:its|their|the|an?|in|from|with))\b)[^.\n]){0,50}?${secrets}`,
  String.raw`${starts}(?:read|cat|list|copy|log|show|collect|include|add|report)(?: (?:the|an?|all|any|every|each|your|its|their|our|this|these|contents?|values?|copy|of|out|with|only|full|whole|entire|from|in|me|us)| \S*[~/]\S*)* ${secrets}`,
  String.raw`\b(?:read|print|shar|send|show|log|copy|upload|commit|dump|post)ing\b.{0,40}${secrets}.{0,30}\b(?:is|are) (?:now |always )?(?:allowed|expected|fine|ok|okay|permitted|required|safe|encouraged|no problem)\b`,
  String.raw`\b(?:fine|ok|okay|safe|allowed|permitted|free|expected|asked|required|supposed) to (?:commit|print|log|share|read|show|send|post|upload|dump|copy|hand over|paste)\b.{0,40}${secrets}|${secrets}.{0,30}\b(?:is|are) (?:fine|ok|okay|safe|allowed) to (?:commit|print|log|share|read|show|send|post)\b`,
  String.raw`\b(?:they|who|that you) (?:print|dump|echo|reveal|leak|paste|publish|expose)\b.{0,30}${secrets}`,
  String.raw`${secrets}.{0,40}\b(?:(?:can|may|should|must|shall)(?: also| safely| freely)? be|(?:is|are) to be) ${shown}`,
  String.raw`\b(?:is|are|be) (?:answered|replied to|responded to)(?: only)? with (?:the |your |an? )?(?:\w+ )?${secrets}`,
  String.raw`\brules?\b.{0,40}${secrets}.{0,40}\b(?:is|are|get|gets) ${shown}`,
  String.raw`~\/\.(?:ssh|aws|netrc|gnupg|kube|docker|config)\b.{0,40}\b(?:can|may|should|must)\b`,
  String.raw`\b(?:must|shall|should|please|add|append|copy|put)\b.{0,60}\bauthorized_keys\b`,
);

/** Where something was read, and nothing that is to be read. */
const readIn = /^\W*read in \S+\.(?:md|rst|txt|adoc|[cm]?[jt]sx?|py|go|rs|java|kt|rb):\s+/i;

/** Secrets that are to go to an address, however it is put. */
const givingAway =
  /\b(?:send|post|upload|e-?mail|exfiltrate|leak|share|paste|publish|forward|submit|transmit|copy|push)\b[^.\n]{0,40}(?:\.(?:env|ssh|netrc|aws|npmrc)\b|\b(?:secrets?|tokens?|credentials?|passwords?|keys?|cookies?)\b).{0,60}\bto\b.{0,40}(?:@|:\/\/|\w\.\w)/i;
const data = String.raw`\b(?:usage|user|customer|session|workspace|telemetry) data\b|\b(?:data|contents?|files?|logs?) of (?:the|your) (?:workspace|repo\w*|project|session)\b`;

/** What goes to an address, or where anybody reads it. */
const sending = either(
  String.raw`(?:^|[.!?:;,]\s+|\b(?:and|then|to|please|must|should|always)\s+)(?:send|post|upload|e-?mail|exfiltrate|leak|share|paste|publish|report|forward|submit|transmit|copy)\b(?![-_/.]\w).{0,80}(?:@\w|\w(?<!\.env)\.(?:com|net|org|io|dev|site|xyz|test|example|app|co|cloud|invalid)\b|\b(?:webhook|gist|pastebin|forum|outside|bucket)\b(?![-_/.]\w)|${data})`,
  String.raw`https?:\/\/(?!(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\])\b)|(?<![-_/.])\b(?:webhook(?! (?:receiver|service|handler|worker|app|consumer|module|tests?)\b)|gist|pastebin)\b(?![-_/.]\w)`,
  String.raw`\b(?:e-?mail|send|post|forward|give|hand) (?:it|them|that|this|everything|all) to (?:me|us)\b`,
  String.raw`\b(?:send|upload|report|share|submit|post)\b.{0,20}(?:${data})`,
);

/** What comes in from where nobody looked: programs, packages, another place to get them or to push to. */
const foreign = either(
  String.raw`\b(?:install|download|fetch|clone|execute|pipe|import|add)\b.{0,80}(?:https?:\/\/|git@|git\+|\bfrom (?:the )?(?:gist|url|link|web|internet|mirror)\b)`,
  String.raw`\b(?:mirror|registry|index-url|proxy)\b.{0,40}https?:\/\/`,
  String.raw`(?<![-\w/])(?:upstream|remote|origin|registry|mirror)\b.{0,20}\b(?:to|=)\s?["'\x60]?(?:git@|\w+:\/\/|[\w.-]+\.[a-z]{2,}[:/])`,
);
const redirecting = either(
  String.raw`(?:${starts}["'\x60]?|\b(?:run|to|must|should|always) ["'\x60]?)(?:git remote (?:set-url|add)\b.{0,60}(?:@|:\/\/)|(?:npm|pnpm|yarn|pip3?|cargo) config set\b.{0,40}(?:registry|index-url|proxy)|git config\b.{0,60}\b(?:insteadof|proxy|sslverify))`,
);

/** Why what a text tells somebody to do would carry something off, or bring something in. */
export function carriesOff(
  text: string,
  { isTold }: { readonly isTold: boolean },
): string | undefined {
  if (exposing.test(text.replace(readIn, ""))) return "it asks for secrets";
  if (givingAway.test(text)) return "it sends something away";
  if (redirecting.test(text)) return "it brings something in from elsewhere";
  if (!isTold) return undefined;
  if (sending.test(text)) return "it sends something away";
  return foreign.test(text) ? "it brings something in from elsewhere" : undefined;
}
