import type { Clean } from "../../secrets/redact-value.ts";
import { redacted } from "../../secrets/redact.ts";
import type { Draft } from "../make-fact.ts";

/**
 * A fact puts pieces of clean texts together, and what was harmless in two pieces may look like a secret in one: then it
 * goes, too. A dream that had to be refused for it would be refused for ever.
 */
export function cleanDraft(draft: Draft, clean: Clean): Draft {
  const { fact } = draft;
  // What a fact says is read back from its file without the space around it.
  const text = cleaned(fact.text.trim(), clean);
  // What only its text shows to be a secret is one as a value, too.
  const part = (one: string): string =>
    fact.text.includes(one) && !text.includes(one) ? redacted : cleaned(one, clean);
  const { subject, predicate, value } = fact;
  return {
    ...draft,
    fact: {
      ...fact,
      subject: part(subject),
      predicate: part(predicate),
      value: part(value),
      text: text.trim(),
    },
  };
}

/** What still looks like a secret without its secret goes as a whole. */
function cleaned(text: string, clean: Clean): string {
  const once = clean(text);
  return once === text || clean(once) === once ? once : redacted;
}
