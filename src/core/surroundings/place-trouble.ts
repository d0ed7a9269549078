import { type Failure, failure } from "../../model/failure.ts";

/** A folder that a run cannot do without, as it is just now. */
export interface Place {
  /** As people call it: "the run's folder". */
  readonly what: string;
  /** Absolute. */
  readonly path: string;
  readonly isThere: boolean;
  /** Why nothing can be written there: the system's code. */
  readonly refused?: string | undefined;
  /** Bytes that this user may still write. */
  readonly freeBytes: number;
}

/** Less room than this, and what failed has most likely failed for want of it: an index and a small pack take as much. */
export const roomMin = 4 * 1024 * 1024;

/** Why no work can be done, whoever does it; the first of it. */
export function placeTrouble(places: readonly Place[]): Failure | undefined {
  for (const place of places) {
    const trouble = troubleAt(place);
    if (trouble !== undefined) return trouble;
  }
  return undefined;
}

function troubleAt({ what, path, isThere, refused, freeBytes }: Place): Failure | undefined {
  if (!isThere)
    return failure("environment", `${what} is gone: ${path}`, {
      hint: "put it back (or what it is mounted from), then go on with skein resume",
    });
  if (refused !== undefined)
    return failure("environment", `${what} cannot be written: ${path} (${refused})`, {
      hint:
        refused === "EROFS"
          ? "make its file system writable again, then go on with skein resume"
          : "make it yours to write again, then go on with skein resume",
    });
  if (freeBytes < roomMin)
    return failure(
      "environment",
      `the disk of ${what} is full: ${Math.floor(freeBytes / 1024)} KB are left at ${path}`,
      { hint: "free some room, then go on with skein resume" },
    );
  return undefined;
}
