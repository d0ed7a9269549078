import { hash } from "node:crypto";

import type { CompactionBlock } from "./context-shape.ts";

/** What a summary that was asked for stands for; it travels in its signature, so that the server remembers nothing. */
export interface Sealed {
  /** Names everything summed up, as thinking is bound to it. */
  readonly bound: string;
  /** Whose message was the last of it. */
  readonly lastRole: string;
}

export function sealSummary(content: string, { bound, lastRole }: Sealed, secret: string): string {
  const text = hash("sha256", content);
  const parts = [bound, lastRole, text];
  return Buffer.from([...parts, mac(parts, secret)].join(" ")).toString("base64");
}

/** What a block sent back stands for, or what is wrong with it. */
export function openSummary(
  { content, signature }: CompactionBlock,
  secret: string,
): Sealed | "compaction_signature_invalid" | "compaction_content_mismatch" {
  const parts = Buffer.from(signature ?? "", "base64")
    .toString("utf8")
    .split(" ");
  const [bound = "", lastRole = "", text = "", seal = ""] = parts;
  if (parts.length !== 4 || seal !== mac([bound, lastRole, text], secret))
    return "compaction_signature_invalid";
  return text === hash("sha256", content ?? "")
    ? { bound, lastRole }
    : "compaction_content_mismatch";
}

/** What a threshold's block has instead: nothing has to be known of what it stands for. */
export function markSummary(content: string, secret: string): string {
  return mac(["threshold", hash("sha256", content)], secret);
}

function mac(parts: readonly string[], secret: string): string {
  return hash("sha256", JSON.stringify([secret, ...parts]));
}

/** Whether the block was asked for (and then stands first), and says something. */
export function isSigned({ content, signature }: CompactionBlock): boolean {
  return signature != null && content != null;
}
