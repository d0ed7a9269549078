import type { Durations } from "../model/durations.ts";
import type { UnitId } from "../model/ids.ts";
import type { Result } from "../model/result.ts";

/** What a verify command said of a base that is green. */
export interface KeptBaseline {
  /** The base, the command and all else that it hangs on. */
  readonly of: string;
  /** Undefined: it tells of no tests. */
  readonly report?:
    | {
        readonly tests: readonly (readonly [string, "passed" | "failed" | "skipped"])[];
        readonly passed: number;
        readonly failed: number;
        readonly skipped: number;
      }
    | undefined;
}

/** The run's own folder: everything a run keeps beside its journal. Paths given back are relative to that folder. */
export interface RunFiles {
  /**
   * Makes the unit's output folder, empty, whatever an attempt that was cut off has left in it; gives its absolute path
   * (`$SKEIN_OUT`).
   */
  makeOutDir(unit: UnitId, attempt: number): Promise<string>;
  /** A file a command left in its output folder; undefined when it is not there. Confined, bounded in size. */
  readOutput(outDir: string, file: string): Promise<Result<string | undefined>>;
  /** Gives a command something to read in its output folder. */
  writeOutput(outDir: string, file: string, text: string): Promise<void>;
  /** Files that a command left in its output folder, each with a text that is another one once it was written again. */
  outputFiles(outDir: string): Promise<ReadonlyMap<string, string>>;
  /** Absolute path of an agent's transcript: JSON lines, one a message. `name` tells agents of one attempt apart. */
  transcriptFile(unit: UnitId, attempt: number, name: string): Promise<string>;
  writeLog(unit: UnitId, output: string): Promise<string>;
  /** How long units took in earlier runs of the repository. */
  durations(): Promise<Durations>;
  keepDurations(durations: Durations): Promise<void>;
  /** What an earlier process of the run kept of its untouched base, when it kept anything that can be read. */
  keptBaseline(name: string): Promise<KeptBaseline | undefined>;
  /** Rejects when it cannot be written; what would hold a secret is not kept. */
  keepBaseline(name: string, kept: KeptBaseline): Promise<void>;
  writePatch(unit: UnitId, attempt: number, diff: string): Promise<string>;
  /** What a unit publishes, for `git am`. */
  writeMail(unit: UnitId, mail: string): Promise<string>;
}
