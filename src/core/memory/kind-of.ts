import type { FactKind } from "../../model/memory-observation.ts";
import type { Cluster } from "./merge/cluster.ts";
import { isOrder } from "./safety/is-order.ts";

/** What sort of thing a cluster says, by its best-founded statement. What comes from outside is never more than a fact. */
export function kindOf(cluster: Cluster): FactKind {
  if (cluster.evidence === 0) return "fact";
  const best = cluster.statements.findLast((one) => one.evidence === cluster.evidence);
  if (best === undefined) return "fact";
  const { observation, text } = best;
  if (observation.kind != null) return observation.kind;
  if (
    /\b(?:prefers?|preferred|likes?|favou?rs?|i want|we want|rather have|my preference)\b/i.test(
      text,
    )
  )
    return "preference";
  if (/\b(?:decided|decision|agreed|chose|settled on|we will|we'll|going with)\b/i.test(text))
    return "decision";
  if (
    /\b(?:careful|beware|watch out|avoid|breaks?|fails?|crash(?:es)?|collides?|pitfall|gotcha|deadlocks?|leaks?|corrupts?|races?)\b/i.test(
      text,
    )
  )
    return "pitfall";
  if (isOrder(text))
    return observation.origin === "user" && !/`|\brun\b/i.test(text) ? "preference" : "procedure";
  return "fact";
}
