import type { ShellScene } from "../shell-scene.ts";
import { allowed, deny, type ShellVerdict } from "../verdict.ts";
import { searchText } from "./search-text.ts";

/** Beyond any command that somebody means; parsing takes about 0.1 ms for each 1,000. */
const lengthMax = 256 * 1024;

/**
 * The permissive search for what no rule may allow. It reads the text for itself, guesses where the judge would give
 * up, and proves nothing: "allow" only says that nothing was found. Text that cannot be parsed in full is searched as
 * far as it goes; what cannot be searched is denied, or a rule that allows everything would let it through.
 */
export function findDenials(
  text: string,
  at: { readonly scene: ShellScene; readonly cwd: string | undefined },
): ShellVerdict {
  if (text.length > lengthMax) return deny("more text than can be searched");
  try {
    const found = searchText(text, at);
    return found.length === 0 ? allowed : deny(...new Set(found));
  } catch (error) {
    return deny(
      `it could not be searched: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
