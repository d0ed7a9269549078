import type { DaemonConfig, DaemonRecord, RunningJob } from "../model/daemon.ts";
import type { KeptProposal, Proposal } from "../model/proposal.ts";

/** What the daemon sees of the world, and does in it. */
export interface DaemonWorld {
  readonly config: DaemonConfig;
  readonly pid: number;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Milliseconds that only ever grow, whatever is done to the clock. */
  readonly monotonic: () => number;
  readonly records: {
    /** The latest that was kept whole. */
    readonly read: () => Promise<DaemonRecord>;
    readonly keep: (record: DaemonRecord) => Promise<void>;
  };
  /** Ends what an earlier daemon's job left at work. */
  readonly endLeft: (running: RunningJob) => Promise<void>;
  /** All there are now, those that come first first. */
  readonly jobs: () => Promise<readonly DaemonJob[]>;
  /** Asks git whose files are; what it answers holds for this moment, so each moment asks anew. */
  readonly askWhose: () => WhyTheirs;
  /** When somebody last did something here that no command tells of: a run at work (now), a file written. Its own jobs' runs do not count. */
  readonly lastSeen: (record: DaemonRecord) => Promise<number | undefined>;
  /** Tells of files that are written from now on. */
  readonly watchFiles: (onWrite: () => void) => Promise<Disposable>;
  /** Which proposals were answered by what happened since: by their ids. */
  readonly gone: (proposals: readonly KeptProposal[]) => Promise<ReadonlySet<string>>;
  readonly log: (text: string) => void;
}

/** Why a file, by its path in the repository, may not be this person's: it is never run then. Undefined: it is theirs. */
export type WhyTheirs = (path: string) => Promise<string | undefined>;

/** Something that is to be done when nobody is there. */
export interface DaemonJob {
  readonly name: string;
  /** When its file was last written, in milliseconds since the epoch: what failed before counts for nothing. */
  readonly changedAt?: number;
  /** What is done for good when a person has it done by hand: it is not due any more. */
  readonly slotByHand?: string;
  /** Why nothing but a person's word begins it: it is switched off. */
  readonly off?: string;
  /** Looks what is to be done. Cheap: it is asked every few seconds. */
  readonly look: (record: DaemonRecord, now: number) => Promise<Look>;
  /** Why it is not to be begun at all, by hand neither. May cost more: asked right before it begins, and for a status. */
  readonly whyNot?: (whyTheirs: WhyTheirs) => Promise<string | undefined>;
  readonly start: (work: JobStart) => Promise<JobEnd>;
}

/** What is due, with the most it may cost; or why nothing is. */
export type Look =
  | { readonly kind: "due"; readonly slot: string; readonly usd: number }
  | { readonly kind: "waits"; readonly why: string };

export interface JobStart {
  readonly slot: string;
  readonly byHand: boolean;
  /** A run that an earlier start of the same slot left undone. */
  readonly run: string | undefined;
  readonly signal: AbortSignal;
  readonly onChild: (more: Pick<RunningJob, "child" | "run">) => void;
}

export interface JobEnd {
  readonly isDone: boolean;
  readonly said: string;
  readonly usd: number;
  readonly proposals: readonly Proposal[];
}
