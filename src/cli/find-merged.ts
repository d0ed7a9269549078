import type { Hash } from "../core/memory/fact-id.ts";
import type { NamedFact } from "../core/memory/gone-facts.ts";
import { mergedFacts } from "../core/memory/merged-facts.ts";
import { printableLine } from "../core/printable.ts";
import { type Failure, failure } from "../model/failure.ts";
import { err, type Result } from "../model/result.ts";
import { factsEver } from "./facts-ever.ts";
import { findFact, type ReadMemory, shortId } from "./memory-facts.ts";

/** What is said of a fact that is part of another one by now; undefined: it is not. */
export function whereMerged(
  { facts, snapshot }: Pick<ReadMemory, "facts" | "snapshot">,
  named: string,
  hash: Hash,
): Failure | undefined {
  const entries = snapshot.segments.flatMap((segment) => segment.entries);
  const merged = mergedFacts(
    facts.map(({ fact }) => fact),
    { entries, hash },
  );
  // What could be several facts is none that was merged.
  const there = facts.map(({ fact }) => ({ fact, into: undefined }));
  const found = findFact([...there, ...merged], named);
  if (!found.ok || found.value.into === undefined) return undefined;
  const { id, text } = found.value.into;
  return failure(
    "usage",
    `the fact "${named}" was merged into ${shortId(id)}: ${printableLine(text)}`,
    { hint: `skein memory show ${shortId(id)} tells what that was made of` },
  );
}

/** A fact that is there, or that a person decided on and that is not any more. */
export function findEver(read: ReadMemory, named: string, hash: Hash): Result<NamedFact> {
  const found = findFact(factsEver(read, hash), named);
  const merged = found.ok ? undefined : whereMerged(read, named, hash);
  return merged === undefined ? found : err(merged);
}
