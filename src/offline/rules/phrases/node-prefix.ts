import type { Phrase } from "./phrase.ts";

const verbs =
  /^(?:prefix|prepend|use|add|convert|switch|migrate|change|update|move|rewrite|make|import|replace)\b/i;
/** Every word such a request may have. One more ("except", "only dynamic") and it is not what we understand. */
const vocabulary =
  /^(?:prefix|prepend|use|add|convert|switch|migrate|change|update|move|rewrite|make|import|replace|prefixed|un-?prefixed|bare|with|the|a|an|all|any|every|each|of|to|for|from|on|so|that|they|have|by|its|their|and|or|in|using|onto|over|node|node\.?js|node's|node\.js's|built-?ins?|core|standard|library|native|modules?|imports?|requires?|require\(\)|import\(\)|calls?|statements?|specifiers?|sources?|style|syntax|protocol|scheme|form|ones?|prefix|instead|dynamic|exports?|export-from|es|esm|cjs|commonjs|javascript|typescript|this|repository|repo|whole|everywhere|files?|code|source|codebase|project|tests?|node:|node:\*)$/i;

/** "prefix built-in imports with node:", in any of the ways people say it. */
export const readNodePrefix: Phrase = (clause, quoted) => {
  const said = quoted
    .restore(clause)
    // Quotes go, but not the apostrophe inside a word: "Node's" is one.
    .replaceAll(/["`“”(),]|(?<!\w)'|'(?!\w)/g, " ")
    .replaceAll(/built[ -]in/gi, "built-in")
    .trim();
  const words = said.split(/\s+/).map((word) => word.replaceAll(/^[-.]+|[-.]+$/g, ""));
  const about =
    /\bnode:/i.test(said) &&
    /\b(?:built-?ins?|core|standard|native|node\.?js|modules?|imports?|requires?)/i.test(said);
  const plain = words.every((word) => word === "" || vocabulary.test(word) || example.test(word));
  return verbs.test(said) && about && plain ? [{ kind: "node-prefix" }] : undefined;
};

/** `node:fs` as an example of what is wanted. */
const example = /^(?:node:[a-z_/]+)$/;
