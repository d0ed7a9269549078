import { redacted } from "../../secrets/redact.ts";
import type { Statement } from "../statement.ts";

/**
 * Tells what stands alone, by words that only the same said again has: what is vague, said beside keys, happened once, or lost a secret. The
 * same words beside other evidence are of another thing where they need it ("it wants that one variable", here and there).
 */
export function aloneAmong(
  statements: readonly Statement[],
): (one: Statement) => string | undefined {
  const evidence = new Map<string, Set<string>>();
  for (const one of statements.filter(({ needsEvidence }) => needsEvidence)) {
    const held = evidence.get(textKey(one)) ?? new Set();
    evidence.set(textKey(one), held.add(evidenceKey(one)));
  }
  return (one) => {
    const { text, isVague, isAside, isOnce, needsEvidence } = one;
    const isOfMany = needsEvidence && (evidence.get(textKey(one))?.size ?? 0) > 1;
    if (isVague || isOfMany) return `${textKey(one)} ${evidenceKey(one)}`.trim();
    return isAside || isOnce || text.includes(redacted) ? textKey(one) : undefined;
  };
}

function textKey({ text }: Statement): string {
  return `"${text.toLowerCase()}"`;
}

/** What was seen and where; lines of a file move. */
function evidenceKey({ observation: { cites } }: Statement): string {
  return (cites ?? [])
    .map(({ path, command, excerpt }) => JSON.stringify([path, command, excerpt]))
    .toSorted()
    .join(" ");
}
