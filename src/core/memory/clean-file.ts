import { type Observation, probeSchema } from "../../model/memory-observation.ts";
import type { Clean } from "../secrets/redact-value.ts";
import { redacted } from "../secrets/redact.ts";
import { frontMatter } from "./fact-file.ts";
import { piecesOf } from "./fact-files.ts";
import { redactProse } from "./safety/redact-prose.ts";
import { secretsIn } from "./safety/without-secrets.ts";

/**
 * A file of memory as somebody wrote it, without secrets: what is one by what the file says of it is none by its looks. `own` are lines
 * that memory wrote itself: ids are drawn by chance, and look so.
 */
export function cleanFile(
  { path, text }: { readonly path: string; readonly text: string },
  { clean, own }: { readonly clean: Clean; readonly own: ReadonlySet<string> },
): string {
  const lines = text.split("\n");
  const masked = lines.map((line, at) => (own.has(line) ? `${mask}${at}${mask}` : line)).join("\n");
  const secrets = piecesOf(path, text).flatMap((piece) => {
    const parts = frontMatter(piece);
    return parts.ok ? secretsIn(writtenIn(parts.value.fields, parts.value.text), clean) : [];
  });
  const left = secrets.reduce(
    (some, secret) => some.replaceAll(secret, redacted),
    redactProse(clean(masked)),
  );
  return left.replaceAll(masks, (whole, at: string) => {
    const line = lines[Number(at)] ?? "";
    return own.has(line) ? line : whole;
  });
}

/** A sign of nobody's; who writes it all the same gets a line of memory's own for it. */
const mask = "\uE000";
const masks = new RegExp(`${mask}(\\d+)${mask}`, "g");

/** Lines of what memory wrote that have ids, or digests. */
export function ownLines(files: Readonly<Record<string, string>>): ReadonlySet<string> {
  return new Set(
    Object.values(files).flatMap(
      (text) => text.match(/^(?:id|sources|supersedes|superseded_by|review|hash): .*$/gm) ?? [],
    ),
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
