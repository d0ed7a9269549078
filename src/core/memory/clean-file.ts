import type { Clean } from "../secrets/redact-value.ts";
import { redacted } from "../secrets/redact.ts";
import { piecesOf } from "./fact-files.ts";
import type { Hash } from "./fact-id.ts";
import { observationIn } from "./observation-in.ts";
import { redactProse } from "./safety/redact-prose.ts";
import { secretsIn } from "./safety/without-secrets.ts";

/** A file of memory as somebody wrote it, without secrets: what is one by what the file says of it is none by its looks. */
export function cleanFile(
  path: string,
  text: string,
  { clean, hash }: { readonly clean: Clean; readonly hash: Hash },
): string {
  const secrets = piecesOf(path, text).flatMap((piece) => {
    const said = observationIn(piece, { path, origin: "user", at: "", hash });
    return typeof said === "object" ? secretsIn(said, clean) : [];
  });
  return secrets.reduce(
    (left, secret) => left.replaceAll(secret, redacted),
    redactProse(clean(text)),
  );
}
