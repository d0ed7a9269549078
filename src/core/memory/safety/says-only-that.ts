import { partsOf } from "../words/tokens.ts";
import { shellNouns } from "./points-at.ts";

const shell = new RegExp(
  `^(?:(?:known|open|possible|potential|common|general|other) )?(?:${shellNouns}|behaviou?r|quality|condition)$`,
  "i",
);

/** Whether a predicate only says that there is something to say: "known issue", and not "issue tracker". */
export function saysOnlyThat(predicate: string): boolean {
  return shell.test(partsOf(predicate).join(" "));
}
