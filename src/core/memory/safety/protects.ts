const guard = String.raw`(?:approvals?|reviews?|confirmations?|permissions?|checks?|sign-?offs?)\b`;
const into = String.raw`(?: (?:in|into|on|from|to|of)(?: the)? (?!\w+ing\s)[\w./${"`"}-]+(?: (?!without\b)[\w-]+){0,2}){0,2}`;
const goesOut = String.raw`(?:merged|released|deployed|published|shipped|changed|accepted|applied)`;
const count = "(?:at least )?(?:[1-9]\\d*|one|two|three|four)";

/** "nothing is merged in web without 3 approvals", "nobody merges a change to web without 2 approvals", "Ana has to approve a plan before web is applied" */
const guarding = [
  String.raw`\b(?:nothing|no (?:change|commit|pull request|pr|patch|branch|release)s?) (?:(?:is|are|gets?) ${goesOut}|(?:lands?|ships?|goes out))${into} without (?:\w+ ){0,3}${guard}`,
  String.raw`\b(?:nobody|no one)(?:, agents included,)? (?:merges?|releases?|deploys?|ships?|publishes)(?: (?:an?|any) (?:change|release|pull request|pr|patch|branch))?${into} without (?:(?:${count}|an?) )?(?:(?!skip|bypass|disabl|ignor|ask|wait)[\w-]+ ){0,5}?${guard}(?: by (?:the )?(?:owners?|maintainers?|[\w-]+ team)\b)?(?! (?:from|by|of)\b)`,
  String.raw`\b(?:takes?|needs?|requires?) [1-9]\d* (?:\w+ )?(?:approvals?|reviews?|sign-?offs?) to (?:get|go) (?:past|through) the gate\b`,
  String.raw`\bwithout ${count} ${guard},? nothing${into} (?:is|gets) ${goesOut}\b`,
  String.raw`\b[A-Z]\w+(?: [A-Z]\w+)? (?:has to|must|needs to) approve (?:the|an?|every|each) \w+ before (?:[\w./-]+ ){1,5}(?:is|are|gets?) ${goesOut}\b`,
];

const made = String.raw`(?:\./)?(?:dist|build|out|coverage|target|node_modules|\.cache|\.next|\.turbo|__pycache__)/?`;
/** "make clean runs rm -rf dist", "force pushes to main are rejected": nothing is lost by that. */
const harmless = [
  String.raw`\brm -rf ${made}(?: ${made}){0,4}(?![\w./*~$-])`,
  String.raw`\bforce[- ]push(?:es|ing)?(?: to [\w/*-]+(?:(?:,| and| or) [\w/*-]+){0,3}(?: branch(?:es)?)?)? (?:is|are) (?:forbidden|not allowed|blocked|rejected|prohibited|disabled|denied)\b`,
];

const agents = String.raw`(?:(?:coding|ai|automated) )?(?:agents?|assistants?|bots?)`;
const never = String.raw`(?:may not|must not|must never|may never|cannot|can['’]t|should not|should never|are not (?:allowed|permitted) to|is not (?:allowed|permitted) to|never)`;
const touches = String.raw`(?:edit|change|modify|touch|write(?: to| in(?:to)?| there)?|delete|remove|rename|move|push(?: to)?|force-push(?: to)?|commit(?: to)?|merge(?: into)?|deploy(?: to)?|publish|release|run|create|upgrade|tag)`;
/** What is left alone protects nothing by that: what a check or a secret is called, or who is asked, is no such thing. */
const plainThing = String.raw`(?!\w*(?:tests?|checks?|scan\w*|audit\w*|lint\w*|hooks?|review\w*|security|secrets?|approv\w*|permission\w*|polic\w+|backup\w*|sandbox|rules?|tokens?|keys?|without|unless|until|if|but|except|and|or|then|so|instead|ask\w*|they|you|it|allow\w*|the user|gates?|verif\w*|sign\w*)\b)[\w./*@"'${"`"}-]+`;
const someThing = String.raw`(?: ${plainThing}){0,8}`;

/** "Agents may not edit vendor/", "An agent may change at most 200 lines per pull request", "hands off certs/: agents may not write there" */
const limiting = [
  String.raw`${agents}(?: (?:in|of|on|for) ${plainThing}(?: ${plainThing})?)? ${never} ${touches}${someThing}`,
  String.raw`the user (?:(?:does not|doesn['’]t) want (?:me|us|agents) to|asked (?:me|us|agents) (?:never|not) to) (?:upload|push|delete|publish|merge|commit|send|share|edit|touch|print|install)\b${someThing}`,
  String.raw`(?:an? )?${agents} (?:may|can) (?:change|edit|touch|open|create) (?:at most|no more than|up to|only) \d+ (?:lines?|files?|(?:pull|merge) requests?|prs?|commits?|branches)${someThing}`,
  String.raw`${agents} (?:must|have to|need to|should)(?: always)? (?:ask|get approval|wait for approval)(?: (?:from |of )?(?:the user|a human|a maintainer|the maintainers|the owner))?(?: first)? before \w+ing${someThing}`,
  String.raw`${agents} (?:have|has|get|gets|with) (?:only )?(?:read|pull-request|pr|tests)-only access${someThing}(?:,? nothing (?:more|else))?`,
];

/** Nothing stands behind it: what an agent is to do instead is an order. */
const ends = String.raw`\s*\.?\s*$`;
const begins = String.raw`(?:^|[.:;,]\s+|\bthat )`;
const protections = new RegExp(
  [...guarding, ...harmless, ...limiting.map((one) => `(?<=${begins})(?:${one})${ends}`)].join("|"),
  "gi",
);

/** A text without what only protects: that says nothing against the rest of it. */
export function withoutProtection(text: string): string {
  return text.replaceAll(protections, " ");
}
