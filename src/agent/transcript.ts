import {
  appendFileSync,
  closeSync,
  constants,
  fdatasync,
  fstatSync,
  ftruncateSync,
  openSync,
  readFileSync,
} from "node:fs";
import { promisify } from "node:util";

import type { TranscriptLine } from "../core/resume/transcript-line.ts";
import { type Clean, redactValue } from "../core/secrets/redact-value.ts";
import { parseTranscript } from "./parse-transcript.ts";

/** An agent's record of what was said and done. Only this copy loses its secrets; the model is sent what was said. */
export interface Transcript extends AsyncDisposable {
  /** Lines that earlier agents of the same file left. */
  readonly earlier: readonly TranscriptLine[];
  /** At once and in order. Throws when the disk does not take it. */
  readonly keep: (line: TranscriptLine) => void;
  /** The line as it would be kept. */
  readonly masked: <Line extends TranscriptLine>(line: Line) => Line;
  /** Resolves when all that was kept would outlive a power cut. */
  readonly sync: () => Promise<void>;
}

/** Largest transcript that is gone on with, in bytes: reading more takes longer than asking again. */
const earlierBytesMax = 256 * 1024 * 1024;

const syncData = promisify(fdatasync);

/** Opens a transcript to be gone on with: the line that was being written when its last agent ended is cut off. */
export function openTranscript(file: string, clean: Clean): Transcript {
  const flags = constants.O_RDWR | constants.O_CREAT | constants.O_APPEND | constants.O_NOFOLLOW;
  const handle = openSync(file, flags, 0o600);
  const { size } = fstatSync(handle);
  const { lines, goodBytes } =
    size > earlierBytesMax
      ? { lines: [], goodBytes: size }
      : parseTranscript(readFileSync(handle, "utf8"));
  if (goodBytes < size) ftruncateSync(handle, goodBytes);
  let syncing: Promise<unknown> = Promise.resolve();
  const masked = <Line extends TranscriptLine>(line: Line): Line => {
    const kept = redactValue(line, clean);
    return JSON.stringify(kept) === JSON.stringify(line) ? line : { ...kept, isMasked: true };
  };
  return {
    earlier: lines,
    masked,
    keep: (line) => {
      appendFileSync(handle, `${JSON.stringify(masked(line))}\n`);
    },
    sync: () => {
      syncing = Promise.all([syncing, syncData(handle)]);
      // Told to whoever waits for it.
      void syncing.catch(() => undefined);
      return syncing.then(() => undefined);
    },
    [Symbol.asyncDispose]: async () => {
      await syncing.catch(() => undefined);
      closeSync(handle);
    },
  };
}
