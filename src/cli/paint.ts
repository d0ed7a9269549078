import pc from "picocolors";

import type { Paint } from "../core/plan/format-diagnostics.ts";
import type { Io } from "./io.ts";

/** Colours, where the other end shows them. */
export function paintFor(
  io: Pick<Io, "color">,
): Paint & { readonly good: (text: string) => string } {
  const colors = pc.createColors(io.color);
  return {
    error: colors.red,
    warning: colors.yellow,
    strong: colors.bold,
    faint: colors.dim,
    good: colors.green,
  };
}
