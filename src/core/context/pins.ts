import type { Ledger } from "./ledger.ts";

export interface PinOptions {
  readonly tokensMax: number;
  readonly tokensOf: (text: string) => number;
}

/**
 * What must not be forgotten, as the agent reads it after a rewrite. The task, the constraints and the contract are not
 * in here: they are the opening, which no rewrite touches. When it is too long decisions go first, oldest first, then
 * files; open errors and where the work stands stay.
 */
export function pinText(ledger: Ledger, { tokensMax, tokensOf }: PinOptions): string {
  const { frontier, openErrors, edited, decisions } = ledger;
  const fixed = [
    "Earlier parts of this conversation were shortened. Your task and contract above stand as they are. Where the work is, as recorded by the tools:",
    ...list("Done", frontier.done),
    ...(frontier.doing === "" ? [] : [`Doing: ${frontier.doing}`]),
    ...list("Next", frontier.next),
    ...list(
      "Failing commands",
      openErrors.map(({ command, line, count }) => `${command} (${count}x): ${line}`),
    ),
    "What is no longer shown can be found with ArtifactRead and find, over all that was kept.",
  ];
  const files = edited.map(({ path, times }) => `${path} (changed ${times}x)`).toReversed();
  for (let cut = 0; ; cut += 1) {
    const kept = decisions.slice(Math.min(cut, decisions.length));
    const shownFiles = files.slice(
      0,
      Math.max(0, files.length - Math.max(0, cut - decisions.length)),
    );
    const text = [
      ...fixed,
      ...list("Changed files, newest first", shownFiles),
      ...list("Decisions", kept),
    ].join("\n");
    const nothingLeft = kept.length === 0 && shownFiles.length === 0;
    if (nothingLeft || tokensOf(text) <= tokensMax) return `<progress>\n${text}\n</progress>`;
  }
}

function list(title: string, items: readonly string[]): readonly string[] {
  return items.length === 0
    ? []
    : [`${title}:`, ...items.map((item) => `- ${item.replaceAll("\n", " ")}`)];
}
