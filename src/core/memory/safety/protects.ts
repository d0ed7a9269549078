/**
 * What only protects: rules that ask people, and rules that keep agents from something. Everything in them is of a closed list: a word
 * that is not foreseen makes a sentence that is judged like any other.
 */

const guard = String.raw`(?:approvals?|reviews?|confirmations?|sign-?offs?)`;
const count = String.raw`(?:[1-9]\d?|one|two|three|four)`;
const guards = String.raw`(?:(?:at least|a|an|the|human|green|peer|code|owner|explicit|written|${count}) ){0,4}(?:(?:HIL|CI|test) run plus (?:(?:a|an|${count}) ){0,1})?${guard}(?: by (?:the )?(?:code )?(?:owners?|maintainers?|(?:safety|security|platform|core) team))?`;
/** "in web", "to the event bus on branch main" */
const into = String.raw`(?: (?:in|into|on|from|to|of)(?: the)? (?!\w+ing\s)[\w./\x60-]+(?: (?!without\b|that\b|who\b|where\b)[\w-]+){0,2}){0,2}`;
const goesOut = String.raw`(?:merged|released|deployed|published|shipped|changed|accepted|applied)`;
const goods = "(?:change|commit|pull request|pr|patch|branch|release|plan|migration)";

const name = String.raw`(?:the )?[\w-]+(?: (?:repo|repository|app|service|package|project|node|driver|script|controller))?`;
const branch = String.raw`(?:(?:the )?(?:main|master|production|protected|shared|release)(?: branch(?:es)?)?|[\w-]+/\*)`;

/** "nothing is merged in web without 3 approvals", "nobody merges a change to web without 2 approvals", "force pushes to main are rejected" */
const guarding = [
  String.raw`(?:nothing|no ${goods}s?) (?:(?:is|are|gets?) ${goesOut}|(?:lands?|ships?|goes out))${into} without ${guards}`,
  String.raw`(?:nobody|no one)(?:, agents included,)? (?:merges?|releases?|deploys?|ships?|publishes)(?: (?:an?|any) ${goods})?${into} without ${guards}`,
  String.raw`${name}(?: [\w-]+){0,3} (?:takes?|needs?|requires?) ${count} (?:human )?(?:approvals?|reviews?|sign-?offs?) to (?:get|go) (?:past|through) the gate`,
  String.raw`(?:the|an?)(?: other)? (?:team|group|owner|lead|security team|platform team|code owners?) (?:has to|must|needs to|have to) approve (?:this kind of|an?|the|every|each|any|such an?) (?:${goods}|change)s?`,
  String.raw`without (?:at least )?${count} (?:human )?${guard},? nothing${into} (?:is|gets) ${goesOut}`,
  String.raw`force[- ]push(?:es|ing)?(?: to ${branch}(?:(?:,| and| or) ${branch}){0,3})? (?:is|are) (?:forbidden|not allowed|blocked|rejected|prohibited|disabled|denied)`,
];

const agents = String.raw`(?:(?:coding|ai|automated) )?(?:agents?|assistants?|bots?)`;
const never = String.raw`(?:may not|must not|must never|may never|cannot|can['’]t|should not|should never|are not (?:allowed|permitted) to|is not (?:allowed|permitted) to)`;
const inName = String.raw`(?: (?:in|of|on|for) ${name}(?: [\w-]+)?)?`;
/** "Commands blocked on the relay include chmod 777": one command, by its name and its words. */
const blocking = String.raw`commands? (?:blocked|denied|forbidden|refused|rejected) (?:on|in|by|for) ${name}(?: [\w-]+)? include \x60?(?:chmod|chown|rm|dd|mkfs|curl|wget|git|sudo|su|shutdown|reboot|kill|pkill|eval|nc|ssh|scp|docker|kubectl|crontab|iptables)(?: -{0,2}[\w./]+){0,2}\x60?`;
/** A folder, a file, or what is made by a program; none that says who is asked or trusted. */
const path = String.raw`(?!\S*(?:secur|allow|deny|hook|sandbox|polic|approv|permiss|scan|audit|lint|check|test|guard|verif|sign|\.env|sudo|passwd))\x60?(?:[\w@.-]+/)+(?:[\w.@*-]+)?\x60?|\x60?(?:(?:LICENSE|CHANGELOG|NOTICE)(?:\.md)?|[\w-]+\.(?:lock|snap|gen\.\w+)|package-lock\.json|pnpm-lock\.yaml)\x60?|(?:the )?(?:generated|vendored) (?:files|code)`;
const branches = String.raw`${branch}(?:(?:,| and| or) ${branch}){0,2}`;

/** "Agents may not edit vendor/", "An agent may change at most 200 lines per pull request", "agents must ask before adding a dependency" */
const limiting = [
  String.raw`${agents}${inName} ${never} (?:(?:edit|change|modify|touch|write to|delete|remove|rename|move) (?:${path})|(?:push|force-push|commit|merge)(?: (?:to|into))? ${branches}|write there)${inName}`,
  String.raw`(?:an? )?${agents} (?:may|can) (?:change|edit|touch|open) (?:at most|no more than|up to|only) (?:[1-9]\d{0,2} lines?|[1-9]\d? files?|[1-9] (?:(?:pull|merge) requests?|prs?))(?: (?:per|in an?|an?|each) (?:pull request|pr|commit|change|day|run|session))?${inName}(?: on branch [\w./-]+)?`,
  String.raw`${agents} (?:must|have to|need to|should)(?: always)? (?:ask|get approval|wait for approval)(?: (?:from |of )?(?:the user|a human|a maintainer|the maintainers|the owner))?(?: first)? before (?:adding|bumping|upgrading|changing|deleting|removing|deploying|publishing|merging|pushing|releasing|editing|renaming|installing)(?: (?:an?|the|any|new|runtime|dev|dependency|dependencies|package|packages|file|files|Node|Python|Go|migration|migrations|schema|release|in|to|of|${branch}|[\w-]+/)){0,6}`,
  String.raw`${agents} (?:have|has|get|gets) (?:only )?(?:read|pull-request|pr|tests)-only access(?: (?:to|on|in) ${name}(?: [\w-]+)?)?(?:,? nothing (?:more|else))?`,
  String.raw`(?:the )?[\w-]+(?: [\w-]+)? grants ${agents} (?:only )?(?:read|pull-request|pr|tests)-only access(?:,? nothing (?:more|else))?`,
  String.raw`the user (?:(?:does not|doesn['’]t) want (?:me|us|agents) to|asked (?:me|us|agents) (?:never|not) to) (?:(?:push|force-push|commit|merge)(?: (?:to|into))? ${branches}|(?:print|show|log) (?:the )?(?:contents? of )?\.env(?: in (?:my|our) answers)?|(?:edit|touch|change|delete) (?:${path}))`,
];

/** "docs/agents.md line 4", "Written down in the handbook" */
const source = String.raw`(?:[\w./-]+\.(?:md|ts|ya?ml|toml|json|txt|rst)(?: line \d+)?|(?:written|read|seen|found|noted|documented|learned|(?:\w+ )?output|note|reminder)(?: down)?(?: (?:in|on|of|from) [\w ./-]{1,40})?|(?:[\w-]+ ){0,2}(?:catalogue|handbook|registry|wiki|guide|runbook|manual))`;
/** "On branch main, …": where it holds, and nobody's rights. */
const held = String.raw`(?:(?:on|in|for|as|at) (?![^,]*(?:sandbox|root|sudo|admin|\boff\b))(?:[^.;:,]|\.(?=\d)){1,40}, )?`;
/** "As written in the service catalogue, …", "While on WEB-12 I saw that …": who says so, and does not doubt it. */
const heard = String.raw`(?!.*\b(?:false|untrue|wrong\w*|myth|void|not|never|no longer|n['’]t|doubt\w*|den(?:y|ies|ied)|claim\w*|rumou?r\w*|joke\w*|pretend\w*|wish\w*|if|though|although|unless|except|exempt\w*|until)\b.*\b(?:nothing|nobody|no one|without|it)\b)(?:[^.;]|\.(?=\w)){1,70}?(?::|,| that) (?=nothing|nobody|no one|without|it takes)`;
const lead = String.raw`((?:${source}: |${heard})?${held}(?:hands off \S+(?: in [\w -]{1,40})?: )?)`;
/** "now", "; it was 4 approvals before": what it was. */
const earlier = String.raw`(?: now)?(?:[;,] (?:it|that|this) was ${count}(?: \w+)? before| \((?:before|was|formerly|earlier):? ${count}(?: \w+)?\)| instead of ${count})?`;
const behind = String.raw`${earlier}(?: (?:on|in|for|of) (?:the )?(?:branch )?\x60?[a-z][\w-]*(?:/[\w.-]+)?\x60?(?: branch| role)?| as the (?:project|repo|team|organi[sz]ation)-wide (?:setting|rule|default|limit))?(, in \x60[^\x60]{1,120}\x60: \x60[^\x60]*\x60)?[.!]?\s*$`;
/** Alone, but for where it was read and where it holds: what else is said beside it is judged with it. */
const whole = new RegExp(
  `^${lead}(?:${[...limiting, ...guarding, blocking].join("|")})${behind}`,
  "i",
);
/** Who is asked has a name of their own: nobody, no agent, and no model. */
const approver =
  /^((?:[^:;]{1,40}: )?)(?!No\b|None\b|Nobody\b|Nothing\b|Any|Every|Agents?\b|Bots?\b|Assistants?\b|Claude\b|Codex\b|Gemini\b|Copilot\b|Skein\b)[A-Z][a-z]+(?: [A-Z][a-z]+)? (?:has to|must|needs to) approve (?:the|an?|every|each) (?:change|commit|pull request|plan|release|migration|patch) before (?:(?!agents?\b|users?\b|bots?\b|and\b)[\w./-]+ ){1,5}(?:is|are|gets?) (?:merged|released|deployed|published|shipped|changed|applied)[.!]?\s*$/;

/** A text without what only protects: that says nothing against the rest of it. */
export function withoutProtection(text: string): string {
  return text.replace(whole, "$1$2").replace(approver, "$1");
}
