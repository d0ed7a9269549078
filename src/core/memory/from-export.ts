import * as z from "zod";

import { type Fact, factSchema } from "../../model/memory-fact.ts";
import { citeSchema, type Observation, type Origin } from "../../model/memory-observation.ts";
import { err, ok, type Result } from "../../model/result.ts";
import { evidenceOf } from "./evidence.ts";
import { saidKey } from "./said-key.ts";

const exportedSchema = factSchema.extend({ cites: z.array(citeSchema).max(20).default([]) });

/** Whether a line is one of `skein memory export` and no observation. */
export function isExported(line: object): boolean {
  return "sources" in line && "evidence" in line && !("session" in line);
}

/**
 * An exported fact as what its first source said of it, and its latest, so that it moves to another clone: with their names, it is the
 * same fact there, and nothing new where it came from. It counts as any observation of its origin, whatever else the line claims.
 * None for what does not hold any more.
 */
export function fromExport(line: object): Result<readonly Observation[], string> {
  const parsed = exportedSchema.safeParse(line);
  if (!parsed.success) {
    const fields = [...new Set(parsed.error.issues.map(({ path }) => path.join(".")))];
    return err(
      `it looks like a line of skein memory export, but ${fields.join(", ")} cannot be so`,
    );
  }
  const fact = parsed.data;
  if (fact.status === "superseded" || fact.status === "expired") return ok([]);
  const [first] = fact.sources;
  const last = fact.sources.at(-1);
  const { cites, id } = fact;
  return ok([
    ...(first === undefined
      ? []
      : [{ ...said(fact), ...first, at: fact.observed_at, cites, fact: id }]),
    ...(last === undefined || last === first
      ? []
      : [{ ...said(fact), ...last, at: fact.recorded_at }]),
  ]);
}

const origins: readonly Origin[] = ["user", "run", "file", "model", "external"];

function said(fact: Fact): Omit<Observation, "session" | "seq" | "at"> {
  const { text, scope, kind, qualifiers, verify } = fact;
  return {
    origin: origins.find((one) => evidenceOf[one] === fact.evidence) ?? "external",
    text,
    scope,
    kind,
    qualifiers,
    ...saidKey(fact),
    ...(verify === null ? {} : { verify }),
  };
}
