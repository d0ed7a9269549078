import type { UnitId } from "../../model/ids.ts";
import { unitSlug } from "../plan/unit-slug.ts";

/** The folder of a repository's mirror: its key, readable, and never that of another. */
export function mirrorSlug(key: string): string {
  return unitSlug(`mirror-${key}` as UnitId).replace(/^mirror-/, "");
}
