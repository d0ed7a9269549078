import { either } from "./either.ts";

const guards = String.raw`(?:permissions?|approvals?|confirmations?|consent|sandbox(?:es|ing)?|guard ?rails?|(?:safety|permission|security) (?:prompts?|checks?|rules?))\b`;

/** Doing without what asks the user, whoever is spoken to and however it is put. */
const unguarding = either(
  String.raw`\b(?:skip|bypass|disable|ignore|suppress|avoid|without|auto-?(?:accept|approve|confirm|grant)|turn(?:ing)? off|switch(?:ing)? off|never ask|don['’]?t ask|do not ask|stop asking|no need)(?:s|es|ed|ping|ing|d)?\b[^.\n]{0,30}\b${guards}`,
  String.raw`\b(?:turn|switch)(?:s|es|ed|ing)? (?:the |its |their |your )?(?:\w+ )?${guards} off\b`,
  String.raw`\b(?:guard ?rails|(?:approval|permission|safety) (?:dialogs?|prompts?|rules?))\b.{0,40}\b(?:lifted|removed|suspended|waived|relaxed|left out|no longer|(?:not|n['’]t) (?:apply|needed|necessary|required))\b`,
  String.raw`\b(?:${guards}|(?:human |code )?(?:sign-?offs?|oversight|supervision|reviews?)|questions)[^.\n]{0,20} (?:is|are|was|were|has been|have been) (?:now |hereby |generally )?(?:waived|lifted|suspended|dispensed with)\b|\bquestions are (?:disabled|off|suspended)\b`,
  String.raw`\b(?:sandbox(?:es|ing)?|(?:safety|security|permission) rules?)\b.{0,20}\b(?:is|are|was|were) (?:to be |now )?(?:switched off|turned off|disabled|void|obsolete|cancelled|off)\b`,
  String.raw`\b(?:permission|approval|confirmation)s? (?:questions?|requests?|prompts?|dialogs?)\b.{0,40}\b(?:yes|accepted|allowed|granted|confirmed)\b|\banswer(?:s|ed|ing)? .{0,40}\b(?:with )?yes (?:by default|always|automatically)\b`,
  String.raw`\b(?:way|get|gets|getting|trick) (?:past|around|round)\b.{0,40}\b(?:hooks?|checks?|scans?|scanner|reviews?|gates?|protections?|approvals?|polic(?:y|ies)|sandbox)\b`,
  String.raw`\b(?:confirmations?|approvals?|consent|sign-?offs?)\b.{0,20}\b(?:can|may|should|must|need not)(?: safely)? be (?:left out|omitted|skipped|ignored|forged|faked|assumed|dispensed)\b`,
);

/** Access that is said to be given already, as if asking for it were done. */
const granting = either(
  String.raw`\b(?:write|full|root|admin|unrestricted|unlimited|shell|network|internet|disk) (?:access|permissions?|rights?)\b[^.\n]{0,60}\b(?:granted|allowed|approved|permitted|authori[sz]ed|given)\b(?! (?:to|by) (?:the )?(?:role|group|team|user group|service)\b)`,
  String.raw`\bsudo\b[^.\n]{0,60} granted to (?:all|any\w*|every\w*)\b`,
  String.raw`\bi(?: am|['’]m| was| have been) (?:now )?(?:permitted|allowed|authori[sz]ed|cleared|entitled|free) to\b|\bi may (?!be\b|have\b)\w+`,
);

const consents =
  "(?:agreed|(?:pre-?)?approved|consented|cleared|accepted|signed off|authori[sz]ed|permitted|allowed|okayed|granted|no objections?)";
const whom = String.raw`(?:agents?|assistants?|ai|bots?|automat\w+ \w+|automation|you|unasked|in advance|every (?:action|change|request|step)|everything|anything|without)\b`;

/** The will of a person that nobody heard. */
const consent = either(
  String.raw`\bthe user\b.{0,20}\b(?:no objections?|annoyed|tired of|hates?|dislikes?|(?:not|n['’]t) (?:want|like|need|care))\b.{0,40}\b(?:to|question|ask|prompt|confirm|approv|interrupt|told|notif|bother)`,
  String.raw`\b(?:owners?|maintainers?|authors?|reviewers?|(?:security|platform|core) team|admin(?:istrator)?s?)\b(?: of .{1,30}?)? (?:(?:has|have|had|would|will|already) ){0,2}(?:have )?${consents}\b.{0,40}\b${whom}`,
  String.raw`\bthe user\b.{0,20}\b(?:gave|given|granted)\b.{0,30}\b(?:permission|consent|leave|approval) (?:to|for)\b`,
  String.raw`\b(?:does not|doesn['’]t|do not|don['’]t) (?:want|like|need|wish|have) to be (?:asked|consulted|bothered|interrupted|disturbed)\b|\b(?:user|owner|maintainer|customer|legal)\b.{0,40}\b(?:has|have) waived\b|\b(?:said|says|answered) ["“]?yes to (?:all|everything)\b|\b(?:user|owner)\b.{0,20}\bokays? (?:the )?(?:deletion|removal|push|merge)|\bapprovals?\b.{0,20}\binherited\b`,
  String.raw`\bwhat the user would (?:want|do|say|approve|prefer|agree)\b`,
  String.raw`\b(?:agreed|cleared|okayed) with the (?:owner|user|maintainers?|admin)\b`,
);

/** "must be approved by Ana", "needs the permission of Ana", "ask Ana for approval": that protects. */
const guarded = String.raw`(?<!\b(?:be|get|gets|needs?|requires?|the|an?|with|after|until|has|have|of|not|wait(?:s|ed|ing)? for|ask (?!no\b|nobody|none|neither|never|not)\w+(?: \w+)? for (?:the |an? )?(?:\w+ )?) ?)`;
/** What would weaken a protection, where it is an order, or said to agents. */
const weakening = either(
  String.raw`(?<![\w-])(?:${guarded}(?:approv(?:e|ed|es|al)|permissions?|authori[sz]ed?)|(?<!\bnot )(?:allow(?!ed \w+(?: (?:of|for|on|in|is|are|was|to|set|\d)|[:=]))(?:ed|s)?(?! (?:\d|up to|about|time))(?!(?<=allows?)(?: [\w-]+){0,4} [\x60"']?\d+\b(?![./:]\d))(?!(?<=(?:[:=]|->|→|\bfrom) ["'\x60]?allow)["'\x60]?(?:[\s.,;)]*$|\s*(?:->|→)| to (?:deny|forbid|replace|reject|block|skip)\b| in [\w-]+[.)]*$))|permi(?:t|tted|ts)|grant(?:ed|s)?|trust(?:ed|s)?|whitelist(?:ed)?|allow-?list(?:ed)?|exempt(?:ed)?)|bypass(?:ed|es)?|unrestricted|without (?:asking|approval|review|confirmation|permission|checks?)|no (?:approval|review|confirmation|permission)|not (?:need|require)[^.]{0,20}(?:approval|review|confirmation|permission)|(?:approval|reviews?|confirmation|permission)s? (?:is|are) (?:not|no longer) (?:needed|required|necessary)|auto-?(?:approve|accept|merge)d?|sudo(?!: a password)|root access|outside (?:of )?(?:the |its )?sandbox|full access|admin rights)\b(?![-/]\w)`,
  String.raw`\b(?:add|mark|set|treat|list|register|enter|use)\b.{1,60}\bas an? (?:\w+ )?(?:trusted|allowed|approved|known[- ]good) \w+`,
  String.raw`\b\w*(?:verify|verification|reject_?unauthorized|strict[-_]?ssl|ssl_?verify)\w*\s?[=:]\s?["']?(?:0|false|no|off)\b|\b\w*(?:no_?verify|insecure|skip_?verify|skip_?checks?|allow_?all|auto_?approve|skip_?permissions?|yolo)\w*\s?[=:]\s?["']?(?:1|true|yes|on)\b`,
  String.raw`--(?:no-verify|force(?!-re(?:compute|build|fresh|create|index|load|run)\b)|no-sandbox|unsandboxed|insecure|allow-root|privileged|dangerously[\w-]*|skip-[\w-]+|yes|trusted-host)\b(?!["'\x60]? (?:flag|option|switch) (?:is|was|has been) (?:removed|dropped|gone))|\bbypass_?permissions\b|\bHUSKY=0\b`,
);
/** Said to agents, or by nobody who is known, this may be of a protection, too. */
const switching = /\b(?:disabl(?:e|ed)|skip(?:ped|s)?|turn(?:ed)? off)\b/i;

/** Where an imperative stands. */
const does = String.raw`(?:^|[.!?:;,"'“(\]>*/]\s*|\b(?:and|then|please|must|should|shall|may|can|always|just|simply|so|to|you|agents?|assistants?|tools?) )`;
const results = String.raw`(?:pass(?:ed|ing)|green|successful|succeeded|done|resolved|reviewed|approved|verified|tested|safe|secure|audited|completed?|ok|fine|clean|known good)\b`;

/** Results that nobody had: what failed, or never ran, is to be told as done. */
const fabricating = either(
  String.raw`${does}(?:report|mark|count|record|log|claim|declare|rate|state|flag|treat|consider|show|present|describe)\b.{1,60}\b${results}.{0,40}\b(?:without|even if|even though|no matter|regardless|whatever|whether or not|instead of|although|unseen)\b`,
  String.raw`${does}(?:mark|treat|count|report)\b.{1,40}\bas (?:passed|passing|green|known good|successful)\b`,
  String.raw`\b(?:signatures?|checksums?|certificates?)\b.{0,40}\b(?:assumed|presumed) (?:to be )?(?:good|valid|fine|ok)\b|\bno need to (?:look at|read|review) (?:the )?(?:lock ?file|diffs?|changes|code)\b|\bguard\b.{0,20}\b(?:doesn['’]t|does not) (?:look|see|check|notice)\b`,
  String.raw`\b(?:need not|do not need to|don['’]t need to|no need to|not) be (?:run|executed)\b.{0,60}\b(?:report|mark|count|treat|consider)\b`,
  String.raw`${does}(?:summari[sz]e|describe|rate|review(?! notes?\b[^.]{0,40} (?:is|are) )|present)\b.{1,40}\b(?:repo\w*|project|files?|page|code\w*|changes?|diff|package)\b.{0,20} as\b|\bwhatever you (?:find|see|read|think)\b`,
  String.raw`${does}(?:conclude|state|claim|say|assert|tell (?:the user|everyone|everybody|anyone)) (?:that )?.{0,50}\b(?:no (?:vulnerabilit\w+|problems?|issues?|findings?|risks?|backups?)|(?:is|are) (?:safe|secure|fine|trustworthy))\b`,
  String.raw`\b(?:filled|fill|use|write|report|replaced?|made)\b.{0,30}\b(?:made[- ]up|fabricated|invented|faked)\b`,
  String.raw`\btests? (?:that|which) fail\b.{0,20}\b(?:can|may|should|must)(?: just| simply| safely)? be (?:deleted|removed|skipped|disabled|commented)|${does}(?:delete|remove|skip|disable|comment out) (?:the |all |any )?(?:failing|broken|red) (?:tests?|checks?)\b`,
  String.raw`${does}(?:answer|reply to) (?:every|any|all) (?:questions?|requests?)\b|\b(?:when(?:ever)?|if) (?:some|any)(?:one|body) asks\b.{0,40}\b(?:reply|answer|say|respond|tell)\b`,
  String.raw`\b(?:warnings?|findings?|alerts?)\b.{0,60}\b(?:is|are) to be (?:dismissed|ignored|suppressed|closed)\b|\bwithout (?:looking at|reading|checking) (?:them|it|the (?:diff|code|changes?|result))`,
);

/** Deeds that are to be done without the person who would be asked. */
const unasked = either(
  String.raw`(?:^|[.!?:;,"'“(\]>*/]\s*|\b(?:and|then|please|must|should|may|can|always|just|to|you|default is to) )(?:delete|remove|drop|wipe|erase|destroy|truncate|overwrite|force[- ]push|push|merge|deploy|publish|release|commit|run|execute|approve|install|act|proceed|continue|go on|change|rewrite)\b.{0,40}\b(?:without (?:asking|being asked|prompting|waiting|a human|human|review|confirm)|unasked|(?:and|,) (?:never|do not|don['’]t) ask)\b`,
  String.raw`\b(?:never ask|ask no ?(?:questions?|body|one)|stop asking|need not ask|no need to ask)\b`,
);

/** Whether a text would have somebody do without what protects the user. */
export function loosens(
  text: string,
  {
    isTold,
    isAddressed,
  }: {
    /** It gives orders, or says "you". */
    readonly isTold: boolean;
    /** It speaks to agents, or comes from outside. */
    readonly isAddressed: boolean;
  },
): boolean {
  return (
    [unguarding, granting, consent, fabricating, unasked].some((kind) => kind.test(text)) ||
    ((isTold || isAddressed) && weakening.test(text)) ||
    (isAddressed && switching.test(text))
  );
}
