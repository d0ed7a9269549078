import { distance } from "fastest-levenshtein";

/**
 * The known name that was probably meant: at most two typing errors away, or a third of the name's length, and with something in common:
 * "x" is no "if".
 */
export function suggest(name: string, known: Iterable<string>): string | undefined {
  const best = [...known]
    .map((candidate) => ({ candidate, far: far(name.toLowerCase(), candidate.toLowerCase()) }))
    .toSorted((a, b) => a.far - b.far)[0];
  if (best === undefined || best.far >= Math.min(name.length, best.candidate.length))
    return undefined;
  return best.far <= Math.max(2, Math.floor(name.length / 3)) ? best.candidate : undefined;
}

/** Letters in another order are the commonest typing error. */
function far(name: string, candidate: string): number {
  const errors = distance(name, candidate);
  return inOrder(name) === inOrder(candidate) ? Math.min(1, errors) : errors;
}

function inOrder(text: string): string {
  return text.split("").toSorted().join("");
}
