import type { Origin } from "../../../model/memory-observation.ts";
import { withoutSource } from "../claim/strip-statement.ts";
import { stems, stem } from "../words/stem.ts";

/** Why a statement from a tool, a repository or the network may not become memory by itself; undefined when it may. */
export function instructs(text: string, origin: Origin): string | undefined {
  if (hidden.test(text)) return "it has hidden characters";
  if (origin === "user") return undefined;
  const spoken = text.normalize("NFKC");
  if (takeover.test(spoken)) return "it speaks to the agent about its instructions";
  if (foreignTakeover.test(spoken)) return "it speaks to the agent about its instructions";
  if (loads.test(spoken)) return "it has a program from the network run";
  if (unguarding.test(spoken) || granting.test(spoken))
    return "it would loosen what protects the user";
  if (foreignDestructive.test(spoken)) return "it destroys something";
  if (givingAway.test(spoken)) return "it sends something away";
  if (origin === "external" && !isEnglish(spoken))
    return "it is in a language that is not read here";
  if (isOrder(spoken) || told.test(spoken)) {
    if (origin === "external") return "it tells the reader what to do";
    const risk = risks.find(([, pattern]) => pattern.test(spoken));
    if (risk !== undefined) return risk[0];
    if (origin === "file" && absolute.test(spoken.replaceAll(neverDone, " ")))
      return "it is a standing order";
    return undefined;
  }
  if (weakening.test(spoken) && (origin === "external" || addressed.test(spoken))) {
    return "it would loosen what protects the user";
  }
  if (origin === "external" && /\bhttps?:\/\//i.test(spoken)) return "it brings a new address";
  return origin !== "model" && addressed.test(spoken.replaceAll(ofRole, " "))
    ? "it speaks to the agent"
    : undefined;
}

/** "For the reviewer agent, the batch size of web is 30" says of whom it holds. */
const ofRole =
  /\b(?:for|when|while|if|under|with|as) the (?!(?:ai|llm|language|coding|following|next)\b)[a-z]+ agents? ?(?:works?|runs?|acts?|is (?:working|running|used))?\b(?=[,:.]|\s*$| (?:the|in|on|at)\b)/gi;

/** Zero-width and bidirectional marks, tags, and other characters that a reader does not see. */
const hidden =
  /[\u00AD\u061C\u180E\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF\u{E0000}-\u{E007F}]/u;

const takeover =
  /\b(?:ignore|disregard|forget|override|bypass)\b.{0,40}\b(?:previous|prior|above|earlier|all|any|your|the|these|other|system|safety)\b.{0,30}\b(?:instruction|instructions|prompt|prompts|rule|rules|message|messages|guideline|guidelines|polic(?:y|ies)|guardrails?|context)\b|<\/?\s*(?:system|assistant|user|instructions?|tool_result|function_results?|im_start)\b|\[\/?(?:inst|system)\]|<\|[a-z_]{2,30}\|>|^\s*#*\s*(?:system|assistant|developer)\s*(?:prompt|message|note)?\s*[:>#\]]|\byou are (?:now|no longer)\b|\bfrom now on,? you\b|\bnew (?:system )?instructions?\b|\bact as\b|\b(?:save|store|add|write|record|put|commit|keep|remember|note)\b.{0,40}\b(?:to|in|into) (?:your |the |its |long-term |persistent )*memory\b|\btreat\b.{0,60}\bas (?:commands?|instructions?|orders?)\b|\bwithout (?:telling|informing|asking|notifying|alerting) (?:the |any )?(?:user|human|owner|person|one|body)|\b(?:do not|don['’]t|never|need not|no need to) (?:tell|inform|notify|alert|mention (?:it|this|that) to) (?:the |any )?(?:user|human|owner|anyone|anybody)\b|\b(?:keep|hide) (?:it|this|that) (?:from|a secret from) (?:the )?(?:user|human|owner)s?\b|\bjailbreak|\bdeveloper mode\b|\bpretend (?:to be|you)\b|\b(?:your|the) (?:real|true|new|actual) (?:task|goal|job|purpose|instructions?)\b/i;
/** The same in languages that are often met; what is in none of these and none that is known is not believed from outside. */
const foreignTakeover =
  /(?:ignorier|missacht|vergiss|vergesst|umgeh|oubli|ignore[zr]|ignora|olvida|dimentic|esque[cç]|negeer|vergeet|zignoruj|игнорир|забудь|忽略|无视|忽視|無視|忘记|忘れ|무시).{0,60}(?:anweisung|vorgabe|regel|instru[kcç]|istruz|consigne|r[eè]gle|regla|regra|regole|instruções|polecen|инструкц|правил|указан|指示|指令|规则|規則|ルール|지시)|(?:指示|指令|规则|規則|ルール|지시).{0,20}(?:忽略|无视|忽視|無視|忘|무시)/iu;
const foreignDestructive =
  /(?<!\p{L})(?:lösch(?:e|en|t)|supprime[zr]?|effac(?:e[zr]?|er)|borra(?:r|d)?|elimin(?:ar|ad)|cancell(?:a|are)|apag(?:ue|ar)|verwijder|usuń|удали(?:те)?)(?!\p{L})|删除|刪除|削除|삭제/iu;
/** Doing without what asks the user, whoever is spoken to and however it is put. */
const unguarding =
  /\b(?:skip|bypass|disable|ignore|suppress|avoid|without|auto-?(?:accept|approve|confirm|grant)|turn(?:ing)? off|switch(?:ing)? off|never ask|don['’]?t ask|do not ask|stop asking|no need)(?:s|es|ed|ping|ing|d)?\b[^.\n]{0,30}\b(?:permissions?|approvals?|confirmations?|consent|sandbox(?:es|ing)?|guard ?rails?|(?:safety|permission|security) (?:prompts?|checks?|rules?))\b/i;
/** Access that is said to be given already, as if asking for it were done. */
const granting =
  /\b(?:write|full|root|admin|unrestricted|unlimited|shell|network|internet|disk) (?:access|permissions?|rights?)\b[^.\n]{0,60}\b(?:granted|allowed|approved|permitted|authori[sz]ed|given)\b/i;
const english = new Set(
  `a an the this that is are was were be has have had of for in on at to with by from as and or but not no it its
  when if must should can will may only all use uses run runs does do`.split(/\s+/),
);
/** Shorter ones are names and values in no language. */
const wordsMin = 4;

function isEnglish(text: string): boolean {
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  return words.length < wordsMin || words.some((word) => english.has(word));
}

const loads =
  /\b(?:curl|wget|iwr|invoke-webrequest|fetch)\b[^|\n]{0,300}\|\s*(?:sudo\s+)?(?:ba|z|da|k)?sh\b|\b(?:ba|z)?sh\s+(?:-c\s+)?["']?[<$(]+\(?\s*(?:curl|wget)|\beval\b.{0,20}(?:curl|wget|base64)|base64\s+(?:-d|--decode)[^|\n]*\|\s*(?:ba|z)?sh|\brm\s+-[a-z]*r[a-z]*f|\bchmod\s+(?:-R\s+)?[0-7]*777|:\(\)\s*\{/i;
const addressed =
  /^\W*(?:(?:hey|hi|hello|dear|attention),? )?(?:ai|llm|agents?|(?:coding )?assistants?|copilots?|chatbots?|claude|gpt|skein)\s*[,!]|(?<![\w./-])(?:ai|llm|agents?|assistants?|copilots?|chatbots?|language models?|bots?|claude|gpt|skein|whoever reads|dear reader)\b(?![-/.]\w)(?: (?:readers?|tools?|agents?|assistants?|models?))?:|(?<![\w./-])(?:ai|llm|agents?|assistants?|copilots?|chatbots?|language models?|bots?|claude|gpt|skein|whoever reads|dear reader)\b(?![-/.]\w).{0,40}\b(?:must|should|shall|may|can|need|have to|are|is|please|will|ought|(?:has|have|had|got|gets) (?:the |a )?(?:permission|right|authority|access|leave))\b|\b(?:note|attention|message|instructions?|reminder|notice|hint) (?:to|for) (?:all |any |the |every )?(?:ai|llm|agents?|assistants?|models?|bots?|copilots?|automation|reader)|\bdear (?:ai|llm|agents?|assistants?|copilots?|chatbots?|models?|bots?|readers?)\b|\byour task\b|\bon behalf of the user\b|\bthe user (?:(?:is|was|will be) (?:fine|ok|okay|happy|good)|does(?: not|n['’]t) mind|wants?|trusts?|asked|approved?|has (?:approved|agreed|asked)|allows?|agreed|authori[sz]ed|would like|requested|expects)\b/i;
/** Whoever is spoken to; a README speaks so to people, too, so it takes a risk beside it. */
const told = /\byou(?: should| must| can| may| need| have| will|'re| are)\b/i;
const weakening =
  /\b(?<!\b(?:not|ask (?!no\b|nobody|none|neither|never|not)\w+(?: \w+)? for (?:the |an? )?(?:\w+ )?) ?)(?:allow(?:ed|s)?|approv(?:e|ed|es|al)|permi(?:t|tted|ts|ssions?)|grant(?:ed|s)?|trust(?:ed|s)?|authori[sz]ed?|whitelist(?:ed)?|allow-?list(?:ed)?|exempt(?:ed)?|disabl(?:e|ed)|skip(?:ped|s)?|bypass(?:ed|es)?|turn(?:ed)? off|unrestricted|without (?:asking|approval|review|confirmation|permission|checks?)|no (?:approval|review|confirmation|permission)|not (?:need|require)[^.]{0,20}(?:approval|review|confirmation|permission)|auto-?(?:approve|accept|merge)d?|sudo|root access|full access|admin rights)\b|\b\w*(?:verify|verification|reject_?unauthorized|strict[-_]?ssl|ssl_?verify)\w*\s?[=:]\s?["']?(?:0|false|no|off)\b|--(?:no-verify|force|no-sandbox|unsandboxed|insecure|allow-root|privileged|dangerously[\w-]*|skip-[\w-]+|yes|trusted-host)\b/i;
const secretTalk =
  /(?<![-_/:\w])(?:secrets?|(?<!design )tokens?|credentials?|passwords?|api[- ]?keys?|private keys?|ssh keys?|id_rsa|keychain|cookies?)\b(?![-_/]\w)|\bid_rsa\b|\.(?:env|ssh|netrc|aws|npmrc)\b/i;
const sending =
  /(?:^|[.!?:;,]\s+|\b(?:and|then|to|please|must|should|always)\s+)(?:send|post|upload|e?-?mail|exfiltrate|leak|share|paste|publish|report|forward|submit|transmit|copy)\b(?![-_/.]\w)|https?:\/\/|(?<![-_/.])\b(?:webhook|gist|pastebin)\b(?![-_/.]\w)/i;
/** Secrets that are to go to an address, however it is put. */
const givingAway =
  /\b(?:send|post|upload|e-?mail|exfiltrate|leak|share|paste|publish|forward|submit|transmit|copy|push)\b[^.\n]{0,40}(?:\.(?:env|ssh|netrc|aws|npmrc)\b|\b(?:secrets?|tokens?|credentials?|passwords?|keys?|cookies?)\b).{0,60}\bto\b.{0,40}(?:@|:\/\/|\w\.\w)/i;
const foreign =
  /\b(?:install|download|fetch|clone|execute|pipe|import|add)\b.{0,80}(?:https?:\/\/|git@|git\+|\bfrom (?:the )?(?:gist|url|link|web|internet|mirror)\b)|\b(?:mirror|registry|index-url|proxy)\b.{0,40}https?:\/\//i;
const destructive =
  /(?:^|[.!?:;,]\s+|\b(?:and|then|to|please|must|should|always|before|by|never ask .{0,30})\s+)(?:delete|deleting|remove|drop|wipe|erase|destroy|truncate)\b|\breset --hard|\bforce[- ]push|push --force|push (?:directly |straight )?to (?:main|master|prod)|\bgit push|format the disk|\bshut ?down|\bkill all|\brm -/i;
const checks =
  /(?<![-./])\b(?:tests?|checks?|lint(?:er)?|review(?:s|er)?|sandbox|verification|ci|hooks?|security|scanner|audit|signing|tls|ssl|certificates?|strict-ssl|firewall|branch protection|2fa|mfa)\b(?![-./]\w)/i;
const loosening =
  /\b(?:disable|skip|bypass|turn off|ignore|remove|delete|suppress|silence|without|never run|(?<!\b(?:tests?|checks?|jobs?|they|it|which|that)\b[^.:;]{0,60})(?:do not run|don't run)|stop running|avoid running|comment out|false|off|no longer)\b/i;
const absolute =
  /\b(?:always|never|every (?:time|commit|build|run|session|request)|before (?:each|every|any)|after (?:each|every|any)|from now on|at the (?:start|beginning) of|in all cases|unconditionally|under no circumstances|immediately|whenever)\b/i;

/** "Long functions are never inlined" says what happens. */
const neverDone =
  /\bnot always\b|n['’]t always\b|(?:\b(?:is|are|was|were)|,) never \w+ed\b|(?<=\b(?:is|are|was|were) [\w ]{3,40} (?:and|but) )never(?= (?:from|on|in|at|by|with)\b)/gi;

const risks: readonly (readonly [string, RegExp])[] = [
  ["it speaks to the agent", addressed],
  ["it would loosen what protects the user", weakening],
  ["it asks for secrets", secretTalk],
  ["it sends something away", sending],
  ["it brings something in from elsewhere", foreign],
  ["it destroys something", destructive],
  [
    "it would switch off a check",
    new RegExp(`(?=.*${loosening.source})(?=.*${checks.source})`, "i"),
  ],
];

const orderVerbs = stems(
  `use run execute install add remove delete set disable enable skip ignore allow approve grant send post upload push commit merge open
  read write copy move fetch download clone call invoke make ensure keep avoid stop start replace treat consider assume prefer
  respond reply answer say tell ask print output include exclude trust accept reject give take put forget remember note follow obey
  update upgrade downgrade change edit rename create drop reset revert rerun retry apply bypass override turn switch configure export
  pipe wget curl sudo chmod deploy publish release share forward email mail paste whitelist exempt mark bump pin unset visit click check
  do don't never always please kindly wipe erase truncate commit_ comment force silence suppress downplay insert append prepend pass
  provide show memorise memorize reveal disclose leak dump list encode decode eval source import load sign authorize authorise confirm submit`,
);
const openings =
  /^(?:\W*(?:note|important|warning|attention|todo|fyi|hint|tip|reminder|remember|notice|policy|new policy|update|action required|urgent|also|and|then|first|next|finally|so|now|ok|please|kindly|npm err!|error|err!|fix|to (?:fix|solve|resolve|avoid|build|continue|proceed)[^,]{0,60},|(?:before|after|when|whenever|if|for|in|on|at|from|during|once|upon|while|until|unless|as)\b[^,]{1,80},|from now on|going forward|in (?:the )?future|by default|in general)[\s:,!–—-]*)+/i;
const deontic =
  /\b(?:must|should|shall|ought to|have to|has to|need to|needs to|be sure to|make sure|ensure that|is required to|are required to|is to be|are to be|do not|don't|never(?! [a-z]+[^s]s\b)|please|(?<!\b(?:is|are|was|were|not) |n['’]t )always|always to)\b/i;

/** "retry count is 4", "upload size limit is 10 MB": what a count or a limit is. */
const namesValue =
  /^\w+(?: (?!(?:the|a|an|all|any|your|my|our|it|this|that|which|who|what|everything)\b)[\w-]+){1,3} (?:is|are|was|were|=)(?!\w)/i;

/** Tells somebody to do something: an imperative, or a duty. */
export function isOrder(text: string): boolean {
  const sentences = withoutSource(text).split(/(?<=[.!?;:])\s+|\n+/);
  return sentences.some((sentence) => {
    const rest = sentence.replace(openings, "").trim();
    const [first = "", second = ""] = rest.split(/[\s,]+/);
    if (deontic.test(sentence)) return true;
    const word = first.toLowerCase().replaceAll(/[^a-z']/g, "");
    return (
      orderVerbs.has(stem(word)) &&
      isBare(word) &&
      !/^(?:is|are|was|were|of|has|had|:)$/i.test(second) &&
      !namesValue.test(rest)
    );
  });
}

function isBare(word: string): boolean {
  return (
    !/(?:[^s]s|ed|ing)$/.test(word) ||
    /^(?:always|please|pass|bypass|suppress|embed|bring|press)$/.test(word)
  );
}
