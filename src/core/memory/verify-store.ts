import type { Fact } from "../../model/memory-fact.ts";
import type { Clean } from "../secrets/redact-value.ts";
import { factsIn } from "./fact-files.ts";
import { hashOf } from "./fact-hash.ts";
import type { Hash } from "./fact-id.ts";

/**
 * Phase 7. What must hold of every result, whatever the rules were: each fact can be read back as it was, has a source and one
 * place, and points only at facts that are there. A dream whose result breaks one of these is not committed.
 */
export function verifyStore(
  facts: readonly Fact[],
  {
    files,
    hash,
    clean,
  }: {
    readonly files: ReadonlyMap<string, string>;
    readonly hash: Hash;
    readonly clean: Clean;
  },
): readonly string[] {
  const ids = new Set(facts.map(({ id }) => id));
  const broken: string[] = [];
  if (ids.size !== facts.length) broken.push("two facts have one id");
  const sources = new Map<string, string>();
  for (const fact of facts) {
    const pointed = [
      ...fact.supersedes,
      ...(fact.superseded_by === null ? [] : [fact.superseded_by]),
    ];
    if (pointed.some((id) => !ids.has(id)))
      broken.push(`${fact.id} points at a fact that is not there`);
    if (fact.status === "superseded" && fact.superseded_by === null)
      broken.push(`${fact.id} was superseded by nothing`);
    if (fact.kind !== "fact" && fact.evidence === 0)
      broken.push(`${fact.id} comes from outside and is no plain fact`);
    const said = [fact.text, fact.value, fact.subject, fact.predicate];
    if (said.some((one) => clean(one) !== one)) broken.push(`${fact.id} holds a secret`);
    for (const { session, seq } of fact.sources) {
      const name = `${session}\u0000${seq}`;
      if (sources.has(name)) broken.push(`${fact.id} and ${sources.get(name)} share a source`);
      sources.set(name, fact.id);
    }
  }
  const unread = new Map(facts.map((fact) => [fact.id, fact.hash]));
  for (const [path, text] of files) {
    if (!path.includes("/")) continue;
    for (const read of factsIn(path, text)) {
      if (!read.ok) broken.push(`${path} cannot be read back: ${read.error}`);
      else if (unread.get(read.value.id) === hashOf(read.value, hash)) unread.delete(read.value.id);
      else broken.push(`${read.value.id} is not read back as it was, or twice`);
    }
  }
  for (const id of unread.keys()) broken.push(`${id} is in no file`);
  return broken;
}
