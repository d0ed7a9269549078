import { type Observation, probeSchema } from "../../model/memory-observation.ts";
import type { Clean } from "../secrets/redact-value.ts";
import { redacted } from "../secrets/redact.ts";
import { frontMatter } from "./fact-file.ts";
import { piecesOf } from "./fact-files.ts";
import { redactProse } from "./safety/redact-prose.ts";
import { secretsIn } from "./safety/without-secrets.ts";

/** A file of memory as somebody wrote it, without secrets: what is one by what the file says of it is none by its looks. */
export function cleanFile(path: string, text: string, clean: Clean): string {
  const secrets = piecesOf(path, text).flatMap((piece) => {
    const parts = frontMatter(piece);
    return parts.ok ? secretsIn(writtenIn(parts.value.fields, parts.value.text), clean) : [];
  });
  return secrets.reduce(
    (left, secret) => left.replaceAll(secret, redacted),
    redactProse(clean(text)),
  );
}

/** Whatever it is a fact of, and whether it is one. */
function writtenIn(fields: Readonly<Record<string, unknown>>, text: string): Observation {
  const said = (name: string): string | undefined => {
    const value = fields[name];
    return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
  };
  const verify = fields["verify"];
  return {
    session: "",
    seq: 0,
    at: "",
    origin: "user",
    text,
    subject: said("subject"),
    predicate: said("predicate"),
    value: said("value"),
    ...(isRead(verify) ? { verify } : {}),
  };
}

function isRead(verify: unknown): verify is NonNullable<Observation["verify"]> {
  return probeSchema.safeParse(verify).success;
}
