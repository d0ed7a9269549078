import pc from "picocolors";

import type { RunPaint } from "../core/report/paint.ts";
import type { Io } from "./io.ts";

/** Colours, where the other end shows them. */
export function paintFor(io: Pick<Io, "color">): RunPaint {
  const colors = pc.createColors(io.color);
  return {
    error: colors.red,
    warning: colors.yellow,
    strong: colors.bold,
    faint: colors.dim,
    good: colors.green,
  };
}
