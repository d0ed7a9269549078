const verbs =
  "rename|prefix|prepend|replace|convert|change|turn|migrate|swap|rewrite|substitute|switch|move|add|append|pass|remove|delete|drop|use|import(?=\\s+\\S+\\s+from\\b)|update|make|keep|ensure|run|adjust|fix|do not|don't|leave|verify|include";

const nextRequest = new RegExp(
  String.raw`\s*[,;]?\s+(?:and\s+then|and\s+also|then|and|but)\s+(?=(?:please\s+)?(?:${verbs})\b)|,\s+(?=(?:${verbs})\b)`,
  "i",
);
const courtesy =
  /^(?:(?:please|can you|could you|would you|i want you to|i want to|i would like you to|we want to|we need to|you should|your task is to|the task is to|let's|let us|now|also|first|firstly|finally|next|then|and|just|task:|todo:|goal:)\s*,?\s+)+/i;

/** A task, with its quotes set aside, in single requests: sentences, list items, and verbs joined by "and". */
export function clausesOf(task: string): readonly string[] {
  const clauses = unwrap(task)
    .split("\n")
    .flatMap((line) => line.split(/(?<=[.!?])\s+(?=\S)|[.!?]+\s*$|;\s+|;$/))
    .flatMap((sentence) => sentence.split(nextRequest))
    .map((clause) =>
      clause
        .trim()
        .replace(/^(?:[-*•+]|\d+[.)])\s+/, "")
        .replace(courtesy, "")
        .replace(/(?:[\s.,;!?]|(?<!\bnode):)+$/, "")
        .replaceAll(/\s+/g, " "),
    )
    .filter((clause) => clause !== "");
  return clauses.flatMap((clause, index) => {
    if (placeAlone.test(clause) && index + 1 < clauses.length) return [];
    const before = clauses[index - 1];
    return before !== undefined && placeAlone.test(before) ? [`${before}, ${clause}`] : [clause];
  });
}

/** "In packages/core," belongs to what follows it. */
const placeAlone = /^(?:only\s+)?(?:in|inside|within|under)\s+[^,]+$/i;

/** Lines that a width limit broke are joined; list items, headings and paragraphs stay apart. */
function unwrap(task: string): string {
  return task
    .replaceAll("\r", "")
    .replaceAll(/([^\n.:;!?])[ \t]*\n[ \t]*(?=\S)(?![-*•+]\s|\d+[.)]\s|#|[A-Z])/g, "$1 ");
}
