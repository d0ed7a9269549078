import { pino } from "pino";

import { cleanWith, redactValue } from "../core/secrets/redact-value.ts";

/**
 * The run's own log, `skein.log` in its folder: what the machine is like and what went wrong in Skein itself. What
 * happens in the run is the journal's; a bug report needs both.
 */
export interface RunLog {
  readonly info: (facts: object, message: string) => void;
  readonly error: (facts: object, message: string) => void;
  /** Everything said so far is in the file. */
  close(): void;
}

export function openRunLog(file: string, known: readonly string[]): RunLog {
  const clean = cleanWith(known);
  // Written at once: the lines before a crash are the ones that matter.
  const destination = pino.destination({ dest: file, sync: true, mode: 0o600 });
  const log = pino(
    { base: { pid: process.pid }, timestamp: pino.stdTimeFunctions.isoTime },
    destination,
  );
  return {
    info: (facts, message) => log.info(redactValue(facts, clean), clean(message)),
    error: (facts, message) => log.error(redactValue(facts, clean), clean(message)),
    close: () => destination.end(),
  };
}
