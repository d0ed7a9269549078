/** One thing wrong with a plan file, placed so that an editor can jump to it. */
export interface Diagnostic {
  /** Stable, e.g. `E-NEED-UNKNOWN`; listed in plans/README.md. Warnings start with `W-`. */
  readonly code: string;
  readonly severity: "error" | "warning";
  readonly message: string;
  /** What would have been right: "a duration such as 5m or 1h30m". */
  readonly expected?: string;
  /** A near miss: the name that was probably meant. */
  readonly suggestion?: string;
  /** 1-based; absent when the finding has no place in the text (an empty file). */
  readonly line?: number;
  readonly column?: number;
  /** 1-based end column on the same line, for the underline. */
  readonly endColumn?: number;
  /** Where in the plan, as `tasks.migrate.needs[0]`. */
  readonly path: string;
}
