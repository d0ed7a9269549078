import { redacted } from "../../secrets/redact.ts";
import { looksChosen, looksStrong } from "./looks-secret.ts";
import { named } from "./secret-sayings.ts";
import { setting } from "./table-secrets.ts";

const heading = new RegExp(String.raw`${named}[^\n]{0,80}[:.]?\s*$`, "i");
const item = /^([\s>]*(?:[-*•]|\d{1,2}[.):])?\s*["'`]?)([A-Za-z\d][\w+/=-]{5,})(["'`,;]*\s*)$/;

/** Takes out what stands alone in the lines below a heading that says they are secrets. */
export function withoutListed(text: string): string {
  if (!text.includes("\n")) return text;
  let isBelow = false;
  const lines = text.split("\n").map((line) => {
    const [, before = "", held = "", behind = ""] = isBelow ? (item.exec(line) ?? []) : [];
    if (isListed(held)) return `${before}${redacted}${behind}`;
    if (line.includes(redacted) && isBelow) return line;
    // What is below is a public key: a private one is gone by now.
    if (line.includes("-----BEGIN ")) isBelow = false;
    else isBelow = heading.test(line) || (isBelow && line.trim() === "");
    return line;
  });
  return lines.join("\n");
}

function isListed(held: string): boolean {
  if (!/\d/.test(held) || setting.test(held)) return false;
  return /^\d+$/.test(held) || looksChosen(held) || looksStrong(held);
}
