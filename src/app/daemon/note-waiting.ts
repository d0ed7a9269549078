export type NoteWaiting = (job: string, why: string | undefined) => void;

/** Logs why a job (or `all`) waits when it is another reason than before; undefined: it does not wait. */
export function createNoteWaiting(log: (text: string) => void): NoteWaiting {
  const waits = new Map<string, string>();
  return (job, why) => {
    if (waits.get(job) === why) return;
    if (why === undefined) waits.delete(job);
    else {
      waits.set(job, why);
      log(`${job === "all" ? "waits" : `${job} waits`}: ${why}`);
    }
  };
}
