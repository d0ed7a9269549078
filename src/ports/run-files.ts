import type { Durations } from "../model/durations.ts";
import type { UnitId } from "../model/ids.ts";
import type { Result } from "../model/result.ts";

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
  writePatch(unit: UnitId, attempt: number, diff: string): Promise<string>;
  /** What a unit publishes, for `git am`. */
  writeMail(unit: UnitId, mail: string): Promise<string>;
}
