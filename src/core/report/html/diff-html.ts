import { escapeHtml } from "./escape-html.ts";

/** Lines of one diff that are shown; the rest is in the run's folder. */
const linesMax = 400;

/** A unified diff, a span per kind of line. */
export function diffHtml(diff: string): string {
  const lines = diff.replace(/\n$/, "").split("\n");
  const shown = lines.slice(0, linesMax).map((line) => {
    const kind = kindOf(line);
    const text = escapeHtml(line);
    return kind === undefined ? text : `<span class="${kind}">${text}</span>`;
  });
  const more = lines.length - shown.length;
  const rest = more > 0 ? [`<span class="hunk">… ${more} more lines in the file</span>`] : [];
  return `<pre class="diff">${[...shown, ...rest].join("\n")}</pre>`;
}

function kindOf(line: string): "file" | "hunk" | "added" | "gone" | undefined {
  if (/^(?:diff |index |--- |\+\+\+ |new file|deleted file|rename |similarity )/.test(line))
    return "file";
  if (line.startsWith("@@")) return "hunk";
  if (line.startsWith("+")) return "added";
  return line.startsWith("-") ? "gone" : undefined;
}
