/** Milliseconds of `90s`, `5m`, `1h30m`, `2h`, `500ms`; undefined for anything else, zero and negative included. */
export function durationMs(text: string | number): number | undefined {
  if (typeof text === "number") return undefined;
  const match =
    /^(?:(\d+(?:\.\d+)?)h)?(?:(\d+(?:\.\d+)?)m(?!s))?(?:(\d+(?:\.\d+)?)s)?(?:(\d+)ms)?$/.exec(
      text.trim(),
    );
  if (match === null || text.trim() === "") return undefined;
  const [, hours = 0, minutes = 0, seconds = 0, milliseconds = 0] = match
    .map(Number)
    .map((part) => (Number.isNaN(part) ? 0 : part));
  const total = hours * 3_600_000 + minutes * 60_000 + seconds * 1_000 + milliseconds;
  return total > 0 && total <= durationMaxMs ? total : undefined;
}

/** A week: longer is a typing error. */
export const durationMaxMs = 7 * 24 * 3_600_000;
