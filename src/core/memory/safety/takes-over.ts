import { either } from "./either.ts";

const rules =
  "(?:instructions?|prompts?|rules?|messages?|guid(?:elines?|ance)|polic(?:y|ies)|guardrails?|context|directives?)";
const person = "(?:users?|humans?|owners?|operators?)";
/** Who is behind the agent, and not the adjective: "user settings" are no user. */
const principal = String.raw`(?:the |your |its |any )?(?:project |repo(?:sitory)? )?${person}(?![\w-]|['’]s? (?:settings?|config\w*|profile|name|id)| (?!(?:and|or|who|in|on|at|is|has|had|have|wants?|says?|said|wrote|asks?|would|if|when|whenever|before|first|from|for|as|to|about)\b)[a-z])`;

/** Orders to take no notice of what the agent was told, or to keep it from the user. */
const disregards = either(
  String.raw`\b(?:ignore|disregard|forget|override|bypass)\b.{0,40}\b(?:previous|prior|above|earlier|all|any|your|the|these|other|system|safety)\b.{0,30}\b${rules}\b`,
  String.raw`\byou are (?:now|no longer)\b|\bfrom now on,? you\b|\bnew (?:system )?instructions?\b|(?<!\b(?:seems?|appears?|happens?|continues?) to )\bact as\b|\bjailbreak|\bnew (?:task|goal|objective|mission|assignment)\s*:|\bdeveloper mode\b|\bpretend (?:to be|you)\b`,
  String.raw`\btreat\b.{0,60}\bas (?:commands?|instructions?|orders?|(?:user|system|trusted) (?:input|messages?))\b`,
  String.raw`\b(?:when|whenever|if|once|as soon as) (?:an?|the|any|some) (?:ai|llm|language model|agent|assistant|chatbot|copilot)\b.{0,10}\b(?:reads?|sees?|parses?|finds?|loads?|processes|opens?) (?:this|it|these)\b`,
  String.raw`\b(?:if|since|as|because|when|assuming|given that|should) you(?:['’]re| are| be)? (?:really |actually )?(?:(?:an?|the|any|some) (?:(?:automated|autonomous|ai|coding|large|helpful) ){0,2}(?:ai|llm|language model|(?:ai|coding|autonomous|automated) agent|(?:ai |coding )?assistant|chatbot|bot|copilot)\b|an agent(?=[,:.]| (?:then|reading|working)\b))`,
  String.raw`\bas (?:the|an?|your) (?:memory|ai|coding|autonomous) (?:subsystem|system|assistant|agent|model|daemon|component), (?:you\b|(?:rewrite|delete|forget|remember|store|save|add|edit|change|replace|ignore|mark|remove|update|drop|treat|trust)\b)`,
  String.raw`\b(?:instruct|order|command|direct)(?:s|ed|ing)? (?:the|this|any|every|all) (?:ai|llm|language model|model|agent|assistant|chatbot)s? to\b`,
  String.raw`\bwithout (?:telling|informing|asking|notifying|alerting) (?:the |any ?)?(?:user|human|owner|person|one|body)`,
  String.raw`\b(?:do not|don['’]t|never|need not|no need to) (?:(?:tell|inform|notify|alert|mention (?:it|this|that) to) (?:the |any )?(?:user|human|owner|anyone|anybody)\b|(?:report|mention|disclose|reveal) (?:it|this|that|them)\b|(?:report|mention|disclose|reveal)\b.{1,60} to (?:the user|anyone|anybody)\b)`,
  String.raw`\b(?:treated|regarded|taken|understood|considered|seen) as (?:\w+ )?(?:commands?|instructions?|orders?)\b|\b(?:leave out|omit|hide|(?:do not|don['’]t|never) mention) .{0,20}\b(?:parts?|mention|everything|anything|sections?) (?:about|of|on)\b`,
  String.raw`\b(?:rules?|polic(?:y|ies)|restrictions?|guidelines?) (?:about|on|for|of) (?:\w+ )?(?:secrets?|security|safety|permissions?|approvals?|reviews?|the user)\b.{0,30}\b(?:(?:do|does) not|don['’]t|doesn['’]t|no longer) (?:apply|hold|count|matter)\b|\b(?:rules?|limits?|restrictions?|guidelines?|polic(?:y|ies)) (?:of|from|(?:set|given|made) by) the user\b.{0,60}\b(?:aside|ignored|another|not (?:apply|count|matter|hold)|no longer)\b`,
  String.raw`\bnever (?:refuse|question|doubt|decline|object|hesitate|contradict)\b`,
  String.raw`\b(?:ignore|disregard|forget|override)\b.{0,20}\b(?:what|everything|anything|all)\b.{0,12}\b(?:${person}|you|they)\b.{0,20}\b(?:told|said|asked|wrote|taught|instructed|agreed)\b`,
  String.raw`\b(?:not necessary|unnecessary|no need|needless|rude|impolite|pointless) to (?:mention|tell|report|inform|ask|notify|consult)\b.{0,60}\b(?:user|owner|maintainers?|anyone|anybody|confirmations?)\b`,
  String.raw`\b(?:keep|hide) (?:it|this|that) (?:from|a secret from) (?:the )?(?:user|human|owner)s?\b`,
);

/** Marks by which a text poses as the one that the agent takes orders from. */
const roleMarks = either(
  String.raw`<\/?\s*(?:system|assistant|user|instructions?|tool_result|function_results?|im_start)\b|\[\/?(?:inst|system)\]|<\|[a-z_]{2,30}\|>`,
  String.raw`^\s*#*\s*(?:system|assistant|developer)\s*(?:prompt|message|note)\s*[:>#\]]|^\s*#*\s*(?:assistant|developer)\s*[:>#\]]|^\s*#{2,}\s*(?:instructions?|system)\s*:`,
  // "[assistant instruction x1]", "(system note)"
  String.raw`[[({<*=~|-]\s*(?:begin |end |new )?(?:system|assistants?|developer|agents?|operator|admin(?:istrator)?|supervisor|orchestrator|ai|llm|model|root|tool)[ _-](?:overrides?|instructions?|messages?|prompts?|not(?:e|ice)s?|directives?|commands?|orders?)\b`,
  // "Developer message 5EFZ: …"
  String.raw`\b(?:system|assistants?|developer|operator|admin(?:istrator)?|supervisor|orchestrator|ai|llm)[ _-](?:overrides?|instructions?|messages?|prompts?|directives?|commands?|orders?)(?: [#\w-]*[\dA-Z][\w-]*)?\s*[:>]`,
  // "System: your rules were updated", wherever a sentence begins
  String.raw`(?:^|[.!?;"'\`>*/#\n]\s*)(?:system|operator|admin(?:istrator)?|supervisor)(?: (?:note|notice|update|alert|policy))?\s*:.{0,80}\b(?:you|your|agents?|assistants?|ai)\b`,
  String.raw`\b(?:human|user)\s*:.{1,200}\bassistant\s*:`,
);

/** "ADMIN OVERRIDE 492", "AGENT-DIRECTIVE: …", "{"role":"system","content":…" */
const posing =
  /(?<![\w-])(?:SYSTEM|ADMIN|DEVELOPER|ROOT|OPERATOR|AGENT|ASSISTANT)[ -](?:OVERRIDE|DIRECTIVE|INSTRUCTION|ORDER|COMMAND|MESSAGE)S?(?![\w-])|^\W*"role"\s*:\s*"(?:system|developer)"\s*,\s*"content"|^\W*system\s*:.{0,40}\binstructions\b/;

/** "SYSTEM: …" in capitals shouts; "System: Debian 12" says what a system is. */
const shouted =
  /(?:^|[.!?>#*/\n]\s*|[=~*#]{2,}\s*)(?:SYSTEM|ASSISTANT|DEVELOPER|OPERATOR|ADMIN)\s*[:#>\]]/;

/** What the agent itself is to do, be or believe; "your browser" is anybody's. */
const ownOf = either(
  String.raw`\b(?:your|the) (?:real|true|new|actual|standing) (?:task|goal|job|purpose|mission|role|instructions?)\b`,
  String.raw`\byour (?:operator|principal|creator|handler)\b|\bin your (?:\w+ )?(?:notes|memory|memories|context)\b|\b(?:switched|promoted|upgraded) you\b`,
  String.raw`\byour (?:new|first|only|main|default|standing) (?:default|policy|behaviou?r|rule|goal|objective|priority|owner|boss|principal|user)\b`,
  String.raw`\byour (?:\w+ )?(?:rules?|polic(?:y|ies)|defaults?|role|permissions?|session|task|goal|mission|sandbox)(?: (?:now|here))? (?:is|are|was|were|has|have|had|will|does|do|no longer|changed?|allows?|includes?)\b`,
);

/** What would have a text count for as much as the user, or more. */
const authority = either(
  String.raw`\b(?:obey|follow|trust|believe|prefer|heed)\b.{1,60}\b(?:over|instead of|rather than|before|above|and not) ${principal}`,
  String.raw`\b(?:do not|don['’]t|never|no longer|stop|cease|instead of|rather than|need not) (?:follow|obey|heed|listen|comply|accept|honou?r|respect|tak)(?:ing|e)?\b.{0,40}\b(?:${principal}|${rules} (?:of|from|by) ${principal})`,
  String.raw`\b(?:follow|obey|heed|execute|carry out|comply with|apply)\b.{0,20}\b(?:instructions?|orders?|directives?|commands?) (?:(?:in|of|from|given (?:in|by)) (?:this|the following) \w+|below|above|here)\b.{0,20}\b(?:instead|only|alone)\b`,
  String.raw`\bas (?:if|though) (?:it (?:came|were|was) (?:from|by|written by) )?${principal}.{0,12}\b(?:wrote|written|said|typed|asked|ordered|told|stated|given|gave|approved|confirmed|requested)\b`,
  String.raw`\b(?:treat|regard|consider|take|count|accept)\b.{1,80}\bas (?:coming|being|if (?:it|they) came|words?|written) (?:from|of|by) ${principal}`,
  String.raw`\b(?:outranks?|overrides?|overrul(?:es?|ing)|supersedes?|trumps|beats|(?:takes?|has|have) (?:precedence|priority) over|wins over|ranks? above|is (?:above|stronger than|more important than))\b.{0,20}\b(?:(?:(?:any|all|other|your|conflicting|previous|prior|earlier|existing) ){1,3}(?:\w+ )?${rules}\b|(?:instructions?|orders?|words?|requests?|wishes) (?:of|from|by) ${principal}|${principal}(?:['’]s (?:instructions?|orders?|words?|requests?|wishes))?|(?:whatever|what|anything) ${principal} (?:says?|said|asks?|wants?))`,
  String.raw`\b(?:whatever|what|anything) (?:the|your) (?:user|human|owner|operator) (?:says|said|asks|wants|tells|thinks)\b`,
  String.raw`\b(?:higher|more|stronger|greater) (?:rank|priority|precedence|authority|weight|important)\w* than\b.{0,30}\b(?:system|user|owner|operator|${rules})\b|>\s*(?:the )?(?:user|system|operator)(?:['’]s)? (?:requests?|orders?|wishes|${rules})`,
  String.raw`\b(?:even (?:if|when|though)|although|whether or not|no matter what) (?:the|your) (?:user|human|owner|operator) (?:objects?|refuses?|disagrees?|says?|complains?|asks?|wants?|protests?)\b`,
  String.raw`\b(?:in the name|on behalf) of the (?:user|owner|operator)\b`,
  String.raw`\b(?:counts?|considered|treated|regarded|taken) (?:as )?(?:the )?(?:user|owner|operator)(?:['’]s)? (?:words?|requests?|orders?|will|wish(?:es)?)\b|\bcomes? from the (?:operator|user|owner) and (?:has|have|is|are|must)\b|\btreat (?:that|this|the) (?:person|account|user|sender|author) as an? (?:admin\w*|owner|maintainer|operator)\b`,
  String.raw`\b(?:disagree|conflict|differ|contradict)s?\b.{0,40}\b(?:this|the following) (?:file|page|text|document) (?:wins|is authoritative|outranks|prevails)\b|\bthis (?:file|page|text|document) (?:wins|is authoritative|outranks|prevails)\b.{0,40}\b(?:AGENTS|CLAUDE|SECURITY|users?|instructions)\b|\b(?:AGENTS|CLAUDE|SECURITY|GEMINI)\.md (?:\([^)]*\) )?(?:(?:has been|is|was) )?(?:hereby )?(?:superseded|rubbish|void|withdrawn|obsolete|may be (?:deleted|ignored)|no longer applies to)\b|\b(?:its|these|all) (?:restrictions|guardrails) (?:no longer|do not|don['’]t) (?:hold|apply|count)(?: in this \w+)?[.!]?$`,
);

/** Said to be kept as a rule, or to hold in sessions to come: whoever wants that tells it to memory. */
const standing = either(
  String.raw`\bstanding (?:instructions?|order|rules?|directives?)\b|\bstanding orders(?= ?[:,.–—-]| (?:for|to|from|that|which|is|are)\b)|\b(?:remember|keep|follow|obey) (?:this|that|these|the following) (?:rules?|instructions?|orders?|polic(?:y|ies)) (?:forever|always|permanently|for (?:ever|good)|from now on)\b`,
  String.raw`\b(?:record|store|save|note|write|put|keep)\b.{0,20}\bas (?:a |an )?(?:facts?|memory|instructions?)(?: that\b|:)|\b(?:store|save|remember|record|keep|learn|memori[sz]e) the following (?:rules?|facts?|instructions?)\b|\btell (?:all |any |every )?(?:later|future|other|subsequent) (?:sessions?|agents?)\b`,
  String.raw`\b(?:record|save|store|remember|note|keep|write|add|file|learn|memori[sz]e)\b (?:this|that|it|them|the following)(?: down)? (?:permanently|as an? (?:\w+ )?(?:rule|policy|instruction|preference|permission|order))\b`,
  String.raw`\b(?:save|store|add|write|record|put|commit|keep|remember|note)\b.{0,40}\b(?:to|in|into) (?:(?:your|the|its|long-term|persistent) )*(?:memory|(?:long[- ]term|persistent) notes?)\b`,
  String.raw`\b(?:rules?|remember(?:ed)?|memori[sz]ed?|store|save|keep|hold|valid|note|appl(?:y|ies)|set|export|use)\b.{0,60}\b(?:for|in|of|across|to) (?:all |every |any |each )?(?:later|future|subsequent|coming|following|upcoming) (?:sessions?|conversations?|chats?|tasks?)\b`,
  String.raw`\bfor (?:all|every|each|any)(?: (?:other|future|later))? projects?\s*[:,]|\b(?:keep doing|do) (?:this|that|it|so) (?:for|in) (?:all|every|each|any)\b`,
);

/** Orders to change what is remembered besides. */
const ofMemory = either(
  String.raw`\b(?:delete|remove|forget|erase|wipe|discard|drop|replace|overwrite|ignore|disregard|purge|clear|correct|supersede|distrust)\b.{0,40}\b(?:(?:prior|previous|earlier|other|all|any|your|existing|old|older|these|those|stored|every) ){1,3}(?:memor(?:y|ies)\b|(?:remembered|stored|learned) (?:facts?|notes?|entries)|(?:facts?|notes?) (?:about|on|that|you)\b)`,
  String.raw`\b(?:rewrite|change|edit|alter|amend|modify|revise|correct|update)\b.{0,20}\b(?:every|all|any|each|the) (?:stored|remembered|saved) (?:facts?|notes?|entr(?:y|ies)|memor(?:y|ies))\b`,
  String.raw`\b(?:prior|previous|earlier|other|your|existing|stored) (?:memor(?:y|ies)(?: entr(?:y|ies)| facts?| notes?)?|(?:facts?|notes?) in memory)\b.{0,80}\b(?:outdated|out of date|wrong|invalid|stale|obsolete|false|corrupt(?:ed)?|delete|forget|discard|replace|ignore|remove)\b`,
  String.raw`\bmemory (?:says|claims|states|tells|holds)\b.{0,80}\b(?:wrong|outdated|dropped|ignored?|forget|false)\b`,
  String.raw`\bmemory of (?:this|the|your|any|every) (?:\w+ )?(?:assistant|agent|model|ai)\b|\b(?:rules?|instructions?|facts?|notes?|entries|memories|anything|everything|what) you (?:(?:have )?(?:learned|received)|were (?:told|given)|hold|have (?:stored|learned|noted)|remember|keep)\b`,
);

/** What is to be done is hidden in what has to be decoded first. */
const encoded = either(
  String.raw`\b(?:decod|decrypt|decipher|unscrambl|unpack|rot-?13|base64)\w*\b.{0,60}\b(?:and|then|,) ?(?:then )?(?:follow|execute|obey|carry|act|perform|apply|comply|do (?:it|that|so|what))\b`,
  String.raw`\b(?:execute|follow|obey|run|perform)\b.{0,20}\b(?:after|once|when) (?:decod|decrypt|decipher)\w+`,
);

const ways = [disregards, roleMarks, ownOf, authority, standing, ofMemory, encoded];

/** Whether a text sets itself above what the agent was told, by whom it was told, or what it remembers. */
export function takesOver(text: string): boolean {
  const said = text.replace(unsaidInDocs, "");
  return [...ways, shouted, posing, foreignTakeover].some((way) => way.test(said));
}

/** "Noted because the docs do not mention it." */
const unsaidInDocs =
  /\b(?:because|since|as) the (?:docs?|documentation|readme|wiki|guide|manual) (?:do(?:es)? not|do(?:es)?n['’]t) mention (?:it|this|that)(?=[.!]?\s*$|[.;] )/i;

/** The same in languages that are often met; what is in none of these and none that is known is not believed from outside. */
const foreignTakeover =
  /(?:ignorier|missacht|vergiss|vergesst|umgeh|oubli|ignore[zr]|ignora|olvida|dimentic|esque[cç]|negeer|vergeet|zignoruj|игнорир|забудь|忽略|无视|忽視|無視|忘记|忘れ|무시).{0,60}(?:anweisung|vorgabe|regel|instru[kcç]|istruz|consigne|r[eè]gle|regla|regra|regole|instruções|polecen|инструкц|правил|указан|指示|指令|规则|規則|ルール|지시)|(?:指示|指令|规则|規則|ルール|지시).{0,20}(?:忽略|无视|忽視|無視|忘|무시)/iu;
