import { words } from "./words.ts";

const person =
  "(?:colleague|co-?worker|friend|cousin|brother|sister|uncle|aunt|neighbou?r|flatmate|roommate|acquaintance|buddy|mate|teacher|professor|speaker|stranger|commenter|blogger|youtuber|recruiter|consultant)";
const group =
  "(?:team|project|company|repo|repository|department|shop|startup|bank|firm|agency|squad|office|employer)";
const text =
  "(?:blog|blog post|post|article|podcast|talk|keynote|meetup|conference|webinar|book|paper|tweet|toot|video|workshop|forum|tutorial|slide deck|magazine|lecture|screencast|gist)";
const outside = "(?:shops|companies|startups|firms|competitors|rivals)";
const site =
  "(?:stack overflow|hacker news|kubecon|dockercon|pycon|gophercon|defcon|jsconf|fosdem|re:invent|wwdc)";
const does = "(?:\\w+s|had|has|is|was|used|ran|\\w+ed|told|said|swore|wrote|built|made|went)";

/** Who has it is somebody else, or a text or a rumour told it. */
const others = words(
  `(?:my|his|her|some)(?: old| former| good| other)? ${person}(?:['’]s)?(?: (?:at|in|from|over at) .{1,40})? (?:once )?(?:${does}|${group}|setup)`,
  `(?:an?|one)(?: old| former| good| other)? ${person}(?: (?:of|at|in|from|over at) .{1,40})? (?:once |always )?(?:told|said|says|swears|swore|uses|used|recommend(?:s|ed)|wrote|built|runs|ran|claim(?:s|ed)|showed|keeps|deploys)`,
  `(?:in|at|for|on|of) (?:an? )?(?:completely |totally |entirely )?unrelated ${group}|(?:in|for) (?:an)?other (?:company|companies|product|products)`,
  `(?<!like )(?:an?|some|the) (?:other|unrelated|rival|different|neighbou?ring) (?:\\w+ )?${group} ${does}|another (?:\\w+ )?${group} (?!(?:owns|maintains|operates|handles|reviews|needs|has to|is)\\b)${does}`,
  "(?:the )?(?:teams?|folks|guys|squad|colleagues) (?:across the|next door|upstairs|downstairs|down the|over at|on the (?:other|next) floor)",
  `(?<=^|said |says |said that |says that )(?:their|his|her) (?:\\w+ )?(?:repo|repository|team|project|company|setup|stack|codebase|startup|shop|monorepo|ingress|cluster) (?:had|was|\\w+s)`,
  "(?:friend|cousin|colleague|competitor)s?['’]s? (?:\\w+ )?(?:repo|repository|team|project|company|setup|stack|codebase|startup|shop)|vendor['’]s demo",
  "my (?:last|previous|former|ex-?|old) ?(?:employer|company|team|boss|workplace|client)",
  `(?:author|writer|speaker|host)s? of (?:the|that|this|an?) ${text}`,
  `(?:most|many|some|all)(?: other)? ${outside} (?:use|have|run|do|deploy|keep|prefer|put|set|ship|go|write|build|freeze|rotate|pick|store)|other (?:\\w+ )?(?:shops|companies|startups|firms|banks) (?:use|have|run|do|deploy|keep|prefer|put|set|ship|rotate|freeze)`,
  `(?:according to|read|saw|heard|^in|^at|^on|^from) (?:an?|some|one|this|his|her|their|my|that|another) (?:\\w+ ){0,2}?${text}(?=[,.:;]|$| (?:i|we|he|she|they|by|about|on|from|at|that|the|there|it|where)\\b)`,
  `(?:an?|some|that|the|this|one|another) (?:\\w+ )?(?:blog|blog post|article|podcast|talk|keynote|book|paper|tweet|newsletter|video|webinar)(?: (?:i|we|he|she) \\w+(?: \\w+)?)?(?: (?:by|about|on|from|at|of) .{1,40}?)? (?:recommend|say|said|claim|suggest|argue|told|praise|mention|advocate)(?:s|d|ed)?`,
  `(?:an?|some|that|the|this) (?:\\w+ )?${text} (?:i|we|he|she) (?:am |is |are |was )?(?:read|reading|heard|saw|watched|found)\\w*`,
  `(?:somebody|someone|people|folks|a guy|they) (?:on|at|in|from) (?:the )?(?:${site}|reddit|twitter|discord|forum|meetup|conference|train|pub|internet|web)|(?:at|on) ${site}|at (?:the|an?) (?:\\w+ )?(?:meetup|conference|fair) (?:they|somebody|someone|people|he|she)`,
  "(?:rumou?rs?|gossip|word) (?:has it|have it|is that|says|on the street)|rumou?red|i (?:hear|heard|overheard)(?= (?:that|somewhere|about|of|from|how|they|people))|they say(?: that)?|it is said that|swears? by|swore by|hearsay|so i(?:['’]m| am) told",
  "(?:our|an?|the|one|some|every) (?:\\w+ )?(?:competitor|rival)s? (?:reportedly |also |all )?(?:uses?|has|have|runs?|had|caps?|charges?|offers?|ships?|keeps?|deploys?|sets?)",
  "not ours|(?:nothing|unrelated) to (?:do with )?(?:us|ours|this repo|our)|(?:hobby|pet|side|toy) projects?|(?:projects?|products?) of (?:their|his|her|my) own|they have .{1,60} their|(?:was|is) about a project",
);
/** What is added at the end, or stands in front. */
const apart = new RegExp(
  String.raw`, (?:but )?unrelated to\b|(?:^|[,;:.] )\W{0,3}(?:in|at|for|on) (?:an?|some)? ?(?:another|different|other|rival|neighbou?ring) (?:team|project|company|product|startup|bank|firm|employer)\b`,
);
/** Whether it is ours all the same. */
const ours = words(
  "we (?:do|did|use|have|took|copied|adopted|follow|followed) (?:the same|so|it|too|likewise)|so (?:do|did|does) (?:we|ours)|ours (?:does|is|has) too|as do we",
);

/** Said of others: a colleague, another team, a talk, a rumour. It is not said of what is here. */
export function isOfOthers(said: string): boolean {
  return (others.test(said) || apart.test(said)) && !ours.test(said);
}
