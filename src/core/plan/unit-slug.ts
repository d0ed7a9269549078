import type { UnitId } from "../../model/ids.ts";

const lengthMax = 80;

/**
 * A unit's name where `[`, spaces and the like are not allowed: file names, git refs. Different ids never share a slug:
 * one that had to be changed carries a hash of the whole id.
 */
export function unitSlug(unit: UnitId): string {
  const safe = unit
    .replaceAll(/[^A-Za-z0-9_-]+/g, "-")
    .replaceAll(/^-+|-+$/g, "")
    .slice(0, lengthMax);
  return safe === unit ? safe : `${safe}${safe === "" ? "" : "-"}${hashOf(unit)}`;
}

/** FNV-1a over UTF-16 units, twice with different starts: 64 bits, enough to tell a run's units apart. */
function hashOf(text: string): string {
  return [0x811c9dc5, 0x01234567]
    .map((start) => {
      let hash = start;
      for (let index = 0; index < text.length; index++) {
        hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
      }
      return (hash >>> 0).toString(36).padStart(7, "0");
    })
    .join("");
}
