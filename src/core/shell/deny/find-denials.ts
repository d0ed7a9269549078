import type { ShellScene } from "../shell-scene.ts";
import { allowed, deny, type ShellVerdict } from "../verdict.ts";
import { searchText } from "./search-text.ts";

/**
 * The permissive search for what no rule may allow. It reads the text for itself, guesses where the judge would give
 * up, and proves nothing: "allow" only says that nothing was found. Text that cannot be parsed in full is searched as
 * far as it goes.
 */
export function findDenials(
  text: string,
  at: { readonly scene: ShellScene; readonly cwd: string | undefined },
): ShellVerdict {
  const found = searchText(text, at);
  return found.length === 0 ? allowed : deny(...new Set(found));
}
