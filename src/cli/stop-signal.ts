/**
 * One Ctrl-C may come twice: from the terminal, which tells the whole group of processes, and from whoever started this one
 * and passes it on (the launcher, npm, timeout). Nobody presses it again that soon. In milliseconds.
 */
const sameWithin = 300;

/**
 * Ends a run softly on the first Ctrl-C, at once on the second; and when the wall time is used up. The signal's reason
 * says which: `interrupted` or `wall-time`.
 */
export function stopSignal(options: {
  /** Says something to the person, where there is room for it. */
  readonly tell: (text: string) => void;
  readonly wallMs: number | undefined;
  /** A closed window ends it, too: one of its streams is a terminal. */
  readonly hasTerminal: boolean;
  /** Milliseconds of a clock that only goes forward. */
  readonly now?: () => number;
}): {
  readonly signal: AbortSignal;
  /** As the first Ctrl-C does; again, nothing more. */
  readonly stop: () => void;
} & Disposable {
  const { now = () => performance.now() } = options;
  let askedAt = Number.NEGATIVE_INFINITY;
  const controller = new AbortController();
  const timer =
    options.wallMs === undefined
      ? undefined
      : setTimeout(() => controller.abort("wall-time"), Math.min(options.wallMs, 2 ** 31 - 1));
  const stop = (): void => {
    if (controller.signal.aborted) return;
    // Behind the ^C that a terminal shows.
    options.tell(
      "\nstopping: running agents end at their next safe point; press Ctrl-C again to quit at once\n",
    );
    controller.abort("interrupted");
  };
  const onInterrupt = (): void => {
    if (now() - askedAt < sameWithin) return;
    askedAt = now();
    if (controller.signal.aborted) process.exit(130);
    stop();
  };
  process.on("SIGINT", onInterrupt);
  process.on("SIGTERM", onInterrupt);
  // The window was closed, the connection dropped. Who starts a run with nohup wants it to go on; node forgets that it was to
  // ignore the signal, but such a process has no terminal.
  const onHangUp = options.hasTerminal ? onInterrupt : (): void => {};
  process.on("SIGHUP", onHangUp);
  return {
    signal: controller.signal,
    stop,
    [Symbol.dispose]: () => {
      clearTimeout(timer);
      process.off("SIGINT", onInterrupt);
      process.off("SIGTERM", onInterrupt);
      process.off("SIGHUP", onHangUp);
    },
  };
}
