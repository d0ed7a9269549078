import { lstat } from "node:fs/promises";
import { join } from "node:path";

import { dirOf, jobName, putFolder, type PutKind } from "../../core/daemon/job-file.ts";
import { whyNotTaken } from "../../core/daemon/why-not-taken.ts";
import type { DaemonJob } from "../../ports/daemon-world.ts";
import type { MemoryFiles } from "../../ports/memory-files.ts";
import { waitingJob } from "./waiting-job.ts";

export interface PutFile {
  readonly name: string;
  /** Milliseconds since the epoch; 0 for one that is gone already. */
  readonly writtenAt: number;
  readonly size: number;
  /** When anything of it was last changed, as only the machine says it: times of files can be set. */
  readonly touchedAt: number;
}

/** A file that was written so lately may not be whole yet, nor known to git. */
const stillMs = 2_000;

export function isBeingWritten({ touchedAt }: Pick<PutFile, "touchedAt">, now: number): boolean {
  // After a clock was put back what was written before is not waited for.
  return Math.abs(now - touchedAt) < stillMs;
}

export const beingWritten = "it is being written";

/** What a person put into one of their folders: the files there are, and, as jobs that wait, what is not taken and why. */
export async function filesPutInto(
  kind: PutKind,
  options: {
    readonly repo: string;
    readonly files: MemoryFiles;
    /** What such a file's name ends in, the usual one first. */
    readonly endings: readonly string[];
    readonly most: number;
  },
): Promise<{ readonly taken: readonly PutFile[]; readonly left: readonly DaemonJob[] }> {
  const { repo, files, endings, most } = options;
  const all = (await files.list(dirOf(kind)))
    .filter(({ name }) => !name.startsWith("."))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const plain = all.filter((one) => whyNotTaken(one, endings) === undefined);
  const taken = await Promise.all(
    plain.slice(0, most).map(async ({ name }) => {
      const info = await lstat(join(repo, putFolder(kind), name)).catch(() => undefined);
      const { mtimeMs = 0, ctimeMs = 0, size = 0 } = info ?? {};
      return { name, writtenAt: mtimeMs, touchedAt: ctimeMs, size };
    }),
  );
  const tooMany = `only ${most} files of ${putFolder(kind)} are looked at`;
  const left = [
    ...all.flatMap((one) => {
      const why = whyNotTaken(one, endings);
      const folder = one.kind === "dir" ? "/" : "";
      return why === undefined
        ? []
        : [waitingJob(jobName(kind, `${shortName(one.name)}${folder}`), why)];
    }),
    ...plain.slice(most, most + 1).map(({ name }) => waitingJob(jobName(kind, name), tooMany)),
  ];
  return { taken, left: left.slice(0, most) };
}

/** A job's name has at most 300 characters. */
function shortName(name: string): string {
  return name.slice(0, 200);
}
