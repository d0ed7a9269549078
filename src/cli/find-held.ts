import type { Hash } from "../core/memory/fact-id.ts";
import { lastDecision } from "../core/memory/last-decision.ts";
import { type Failure, failure } from "../model/failure.ts";
import { err, type Result } from "../model/result.ts";
import { factsEver, ownEntries } from "./facts-ever.ts";
import { whereMerged } from "./find-merged.ts";
import { findFact, type ReadMemory, type StoredFact } from "./memory-facts.ts";

/** The fact a person means; of one that is not there any more they hear that, and what brings it back, or which it is part of. */
export function findHeld(read: ReadMemory, named: string, hash: Hash): Result<StoredFact> {
  const found = findFact(read.facts, named);
  if (found.ok) return found;
  const merged = whereMerged(read, named, hash);
  if (merged !== undefined) return err(merged);
  const ever = findFact(factsEver(read, hash), named);
  if (!ever.ok) return found;
  const last = lastDecision(ownEntries(read), ever.value.fact.sources);
  return err(gone(named, typeof last === "string" ? last : last.what));
}

function gone(named: string, last: string): Failure {
  if (last === "erased")
    return failure("usage", `the fact "${named}" was erased`, {
      hint: "its words are nowhere any more; skein memory add says it anew",
    });
  if (last === "forgot" || last === "rejected")
    return failure("usage", `the fact "${named}" is gone: you ${last} it`, {
      hint: `skein memory undo ${named} takes that back`,
    });
  const why = last === "all taken back" ? ": you took back what you had said" : "";
  return failure("usage", `the fact "${named}" is gone${why}`, {
    hint: "skein memory history tells what each dream changed; skein memory add says it anew",
  });
}
