import { fitsStars } from "../glob/fits-stars.ts";

/** Whether a matcher (`Bash`, `Edit|Write`, `mcp__*`) names a tool. Linear: no star is ever tried twice. */
export function matchesTool(matcher: string, tool: string): boolean {
  return matcher.split("|").some((pattern) => fitsStars(pattern, tool));
}
