import type { CodemodPlan } from "./codemod-run.ts";

const placesShownMax = 40;
const notesShownMax = 10;
const sideCharsMax = 200;

/** A dry run as the model reads it: what becomes of which places, and how to go on. */
export function codemodSummary(id: string, { files, notes }: CodemodPlan): string {
  const places = files.flatMap(({ path, places }) =>
    places.map(
      ({ line, before, after }) =>
        `${path.named}:${line}\n${side("-", before)}\n${side("+", after)}`,
    ),
  );
  const counts = files.map(({ path, places }) => `${path.named}: ${places.length}`);
  const shown = places.slice(0, placesShownMax);
  const more = places.length - shown.length;
  const kept = notes.slice(0, notesShownMax);
  return [
    `Dry run: ${places.length} place(s) in ${files.length} file(s) would change. Nothing was changed yet.`,
    ...shown,
    ...(more > 0 ? [`[${more} more places, by file: ${counts.join(", ")}]`] : []),
    ...kept.map((note) => `note: ${note}`),
    ...(notes.length > kept.length ? [`[${notes.length - kept.length} more notes]`] : []),
    files.length > 0
      ? `To make these changes, call Codemod with apply: "${id}".`
      : "There is nothing to apply. Look with Grep how the code is written.",
  ].join("\n");
}

function side(mark: "-" | "+", text: string): string {
  const cut = text.length > sideCharsMax ? `${text.slice(0, sideCharsMax)}…` : text;
  return cut
    .split("\n")
    .map((line) => `${mark} ${line}`)
    .join("\n");
}
