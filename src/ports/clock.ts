/** Time and chance, injected so that tests decide both. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after `ms`, or at once when the signal aborts (then without an error). */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Url-safe random text. */
  randomId(length: number): string;
}
