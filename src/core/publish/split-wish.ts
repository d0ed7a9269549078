import type { UnitId } from "../../model/ids.ts";
import type { PublishWish } from "../../model/publish.ts";
import { titleMax } from "../plan/unit-publish.ts";
import { unitSlug } from "../plan/unit-slug.ts";

/**
 * How the share of one package is published, by its folder. Its branch carries the name of the package behind a dash: a slash would
 * not go together with a branch that was once pushed without. `folders`: of all shares, no two of which get one branch.
 */
export function splitWish(
  wish: PublishWish,
  folder: string,
  folders: readonly string[],
): PublishWish {
  const plain = slugOf(folder);
  const isShared = folders.some((one) => one !== folder && slugOf(one) === plain);
  const shown = folder === "." ? "the top folder" : folder.replaceAll(/\s+/g, " ");
  const behind = ` (${shown})`.slice(0, 100);
  const of = folders.length === 1 ? "" : ` of ${folders.length}`;
  return {
    ...wish,
    branch: `${wish.branch}-${isShared ? unitSlug(folder as UnitId) : plain}`,
    title: `${wish.title.slice(0, titleMax - behind.length)}${behind}`,
    body: `${wish.body}\n\nThe share of one package${of}: ${shown}. The checks ran on all of them together.`,
  };
}

function slugOf(folder: string): string {
  const safe = folder.replaceAll(/[^A-Za-z0-9_-]+/g, "-").replaceAll(/^-+|-+$/g, "");
  return safe === "" ? "top" : safe;
}
