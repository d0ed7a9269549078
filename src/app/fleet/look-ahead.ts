import type { UnitId } from "../../model/ids.ts";
import type { Result } from "../../model/result.ts";
import type { Entered } from "./entered.ts";

/**
 * Repositories of units that come next, entered while the commands of those at work run: fetching takes as long as many a
 * command. Nothing of it is written down, so a run that is cut off knows of none of it, and begins those units as any other.
 */
export interface LookAhead extends AsyncDisposable {
  /** `unit` comes soon. Nothing is done when `most` are entered and not yet taken: each takes room on the disk. */
  foresee(unit: UnitId, enter: Enter, most: number): void;
  /** The repository of a unit that has its place now. It is the caller's to dispose. */
  enter(unit: UnitId, enter: Enter): Promise<Result<Entered>>;
}

type Enter = () => Promise<Result<Entered>>;

/** At a time: what is at work has the machine first. */
const enteringMax = 2;

export function createLookAhead(): LookAhead {
  const waiting = new Map<UnitId, Enter>();
  const entered = new Map<UnitId, Promise<Result<Entered>>>();
  const entering = { ahead: 0, now: 0 };

  async function counted(which: keyof typeof entering, enter: Enter): Promise<Result<Entered>> {
    entering[which] += 1;
    try {
      return await enter();
    } finally {
      entering[which] -= 1;
      goOn();
    }
  }

  function goOn(): void {
    for (const [unit, enter] of waiting) {
      if (entering.now > 0 || entering.ahead >= enteringMax) return;
      waiting.delete(unit);
      const begun = counted("ahead", enter);
      // Told to whoever takes it.
      begun.catch(() => undefined);
      entered.set(unit, begun);
    }
  }

  return {
    foresee: (unit, enter, most) => {
      if (waiting.size + entered.size >= most || waiting.has(unit) || entered.has(unit)) return;
      waiting.set(unit, enter);
      goOn();
    },
    enter: (unit, enter) => {
      const found = entered.get(unit);
      waiting.delete(unit);
      entered.delete(unit);
      return found ?? counted("now", enter);
    },
    [Symbol.asyncDispose]: async () => {
      waiting.clear();
      const all = [...entered.values()];
      entered.clear();
      for (const ended of await Promise.allSettled(all)) {
        if (ended.status === "rejected" || !ended.value.ok) continue;
        const { value } = ended.value;
        if (value.kind === "entered") await value[Symbol.asyncDispose]();
      }
    },
  };
}
