import type { Cite } from "../../../model/memory-observation.ts";
import { meaning } from "../words/lexicon.ts";
import { partsOf, tokensOf } from "../words/tokens.ts";

/**
 * Whether evidence names one of the kind that is all a statement says of what it is about: "the column is filled by a trigger"
 * beside `tariff_code char(8),`. Which column that is, only the evidence says, whatever is said of it.
 */
export function showsWhich(text: string, cite: Cite): boolean {
  const { noun = "", before = "" } = unnamed.exec(text)?.groups ?? {};
  if (noun === "") return false;
  const named = new Set(partsOf(cite.path ?? "").map((part) => meaning(part)));
  // "The consent migration" of `051_consent.sql` has a name.
  const words = before.split(" ").filter((word) => word !== "");
  if (words.some((word) => named.has(meaning(word)))) return false;
  const kind = meaning(noun);
  return kindsOf(cite).has(kind) || calls(cite, kind);
}

/** Whether a statement is about one of many things, and does not say which; "the tests" are all that there are. */
export function leavesOpen(text: string): boolean {
  const { noun = "" } = unnamed.exec(text)?.groups ?? {};
  return noun !== "" && !/[^s]s$/.test(noun) && !single.test(noun);
}

/** Of these a project has one, and everybody knows which. */
const single =
  /^(?:build|ci|app|application|api|project|repo|repository|code|codebase|team|company|product|site|website|frontend|backend|database|db|pipeline|release|deployment|ui|login|installation|setup|cluster)$/;

/** Where the noun of such a statement ends; 0 where it has a name. */
export function endOfKind(text: string): number {
  return unnamed.exec(text)?.[0].length ?? 0;
}

const behind = [
  "there|here|(?:in|over|up|down) there",
  "is|are|was|were|has|have|had|do|does|did|got|took|went|ran",
  "can|cannot|could|may|might|must|shall|should|will|would",
  "only|always|never|not|still|also|already|just",
  // "leaves files behind", and not "codes are"
  String.raw`(?![a-z]+ (?:is|are|was|were|has|have|had|can|must|will)\b)[a-z]+(?:[a-rt-z]s|[a-df-z]ed)`,
].join("|");
/** "the", "this", and up to three plain words, before a verb or a "there": a thing without a name, at the beginning. */
const unnamed = new RegExp(
  String.raw`^(?:(?:[Ii]n|[Oo]n|[Ff]or|[Ww]ith|[Aa]t) [^\s,]+(?: [^\s,]+)?,? )?(?:[Tt]h(?:e|is|at|ese|ose)|[Aa]n?(?= (?:misspelt|misspelled|misnamed|hidden|stray|leftover|stale|extra|second|special)\b)) (?<before>(?:(?!of )[a-z]+ ){0,2}?)(?!(?:of|there|here|is|are) )(?<noun>[a-z]+)(?= (?:${behind})\b)`,
);

/** Whether the noun itself stands in a path, or before a name: `docs/runbooks/cold-start.md`, "job smoke". */
function calls({ command, path, excerpt }: Cite, kind: string): boolean {
  const paths = [path ?? "", ...(command ?? "").split(" ").filter((word) => /[/.]\w/.test(word))];
  const isKind = (part: string): boolean => meaning(part) === kind;
  if (paths.flatMap((one) => partsOf(one)).some(isKind)) return true;
  return excerpt.split("\n").some((line) => {
    const tokens = tokensOf(line);
    return tokens.some(({ text, kind: of }, at) => {
      const isName = of !== "word" || /.\p{Lu}/u.test(text);
      return isName && at > 0 && isKind(tokens[at - 1]?.text ?? "");
    });
  });
}

/** What evidence looks like, and what one calls the things that it names. */
const looks: readonly (readonly ["command" | "path" | "excerpt", RegExp, string])[] = [
  ["command", /\S/, "command script tool job task step run"],
  ["command", /\b(?:ssh|scp|ping|telnet|nc|dig)\s/, "host machine server box node"],
  ["command", /\s--?[a-z]/, "flag option switch argument parameter"],
  ["path", /\S/, "file"],
  ["path", /\.(?:sh|bash|zsh|ps1|bat|py|rb|pl|mjs)$/, "script helper job"],
  [
    "path",
    /\.(?:ya?ml|toml|ini|json|conf|cfg|env|properties|xml)$/,
    "config configuration setting",
  ],
  ["path", /\.(?:md|rst|adoc|txt)$/, "document doc documentation page guide note"],
  ["path", /\.(?:html?|vue|svelte|[jt]sx|s?css)$/, "page template component view stylesheet"],
  [
    "path",
    /\.(?:[cm]?[jt]sx?|py|rb|go|rs|java|kt|cs|c|cc|cpp|h|hpp|php|swift|scala|ex)$/,
    "module code helper component",
  ],
  ["excerpt", /(?:^|\s)\.{0,2}\/?[\w@-]+(?:\/[\w.@-]+)+/, "file folder directory path"],
  [
    "excerpt",
    /\b(?:def|fn|func|fun|function|sub|proc)\s+\w|^[^=]*\b\w+\([^)]*\)\s*(?:[{:]|=>|->)/m,
    "function method helper routine procedure handler hook callback",
  ],
  [
    "excerpt",
    /\b(?:class|struct|interface|trait|enum|record|type|object|protocol)\s+\p{Lu}/u,
    "class type interface struct component model entity helper",
  ],
  [
    "excerpt",
    /^[\s"'+-]*[\w.-]+["']?\s*[:=]\s*["'\w[{-]/m,
    "setting option flag switch parameter property value limit constant variable key default entry threshold timeout",
  ],
  ["excerpt", /\b[A-Z]{2,}_[A-Z_\d]+\b/, "variable constant key"],
  ["excerpt", /--[a-z]/, "flag option switch argument parameter"],
  [
    "excerpt",
    /^\s*["`]?\w+["`]?\s+(?:uuid|text|(?:var)?char|(?:big|small)?int|integer|numeric|decimal|date|timestamp|bool|json)|\badd (?:column )?\w+ \w/im,
    "column field attribute",
  ],
  [
    "excerpt",
    /\b(?:select|insert into|update|delete from|alter table|create)\b.*\b\w+/i,
    "query statement migration table",
  ],
  [
    "excerpt",
    /\b[A-Z]+[-_]?\d{3,}\b|\w(?:Error|Exception)\b|\berror\b/,
    "error exception message failure",
  ],
  [
    "excerpt",
    /^\s*(?:GET|POST|PUT|PATCH|DELETE) \/|\bhttps?:\/\//m,
    "endpoint route url address link",
  ],
  ["excerpt", /\b(?:it|test|describe)\(|\bFAIL(?:ED)?\b/, "test case spec suite"],
  ["excerpt", /^\s*FROM \S|\b[\w./-]+:[\w.-]*\d[\w.-]*$/m, "image container"],
  ["excerpt", /\b[\w/-]+@\^?\d/, "package dependency library version"],
];

function kindsOf(cite: Cite): ReadonlySet<string> {
  return new Set(
    looks
      .filter(([part, shape]) => shape.test(cite[part] ?? ""))
      .flatMap(([, , nouns]) => nouns.split(" ").map((noun) => meaning(noun))),
  );
}
