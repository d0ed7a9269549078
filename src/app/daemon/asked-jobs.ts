import type { DaemonAnswer } from "../../model/daemon.ts";

type Hear = (answer: DaemonAnswer) => void;

/** Jobs that people asked for by hand, the first first, and those who wait for what comes of them. */
export interface AskedJobs {
  readonly names: () => readonly string[];
  /** One that was asked for already comes last. */
  readonly ask: (name: string) => void;
  /** What comes of a job that was asked for. */
  readonly endOf: (name: string) => Promise<DaemonAnswer>;
  /** Takes a job from the list; gives what tells those who wait for it. */
  readonly take: (name: string) => Hear;
  /** Takes all from the list, and tells those who wait why nothing of it is begun. Gives their names. */
  readonly letGo: (why: DaemonAnswer) => readonly string[];
}

export function createAskedJobs(): AskedJobs {
  const asked = new Map<string, readonly Hear[]>();
  const take = (name: string): Hear => {
    const waiting = asked.get(name) ?? [];
    asked.delete(name);
    return (answer) => {
      for (const hear of waiting) hear(answer);
    };
  };
  return {
    names: () => [...asked.keys()],
    ask: (name) => {
      const waiting = asked.get(name) ?? [];
      asked.delete(name);
      asked.set(name, waiting);
    },
    endOf: (name) =>
      new Promise((resolve) => {
        asked.set(name, [...(asked.get(name) ?? []), resolve]);
      }),
    take,
    letGo: (why) => {
      const names = [...asked.keys()];
      for (const name of names) take(name)(why);
      return names;
    },
  };
}
