/** More levels than any value has that somebody wrote; a few thousand are more than can be written down again. */
export const levelsMax = 100;

/** Whether lists and maps are nested too deep to be handed on; a command or an agent made the value. */
export function isTooDeep(value: unknown): boolean {
  let level: readonly unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > levelsMax) return true;
    level = level.flatMap((one) =>
      typeof one === "object" && one !== null ? Object.values(one) : [],
    );
  }
  return false;
}
