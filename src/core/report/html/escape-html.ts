import { printable, printableLine } from "../../printable.ts";

/** Text of a repository, a model or a tool as text of a page: no markup, nothing that turns or hides it. */
export function escapeHtml(text: string): string {
  return escaped(printable(text));
}

/** The same on one line. */
export function escapeLine(text: string): string {
  return escaped(printableLine(text));
}

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}
