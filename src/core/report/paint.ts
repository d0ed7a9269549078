import { type Paint, plainPaint } from "../plan/format-diagnostics.ts";

/** How parts of what a run prints are drawn. */
export interface RunPaint extends Paint {
  readonly good: (text: string) => string;
}

/** Without colours. */
export const plainRunPaint: RunPaint = { ...plainPaint, good: (text) => text };
