import { pauseAnswer, resumeAnswer, stopAnswer } from "../../core/daemon/answers.ts";
import { idleGate } from "../../core/daemon/gates.ts";
import { dismissed, heldBack, paused, recovered, resumed } from "../../core/daemon/record.ts";
import type { DaemonAnswer, DaemonRecord, DaemonRequest } from "../../model/daemon.ts";
import type { DaemonJob, DaemonWorld } from "../../ports/daemon-world.ts";
import { createAskedJobs } from "./asked-jobs.ts";
import { createJobAtWork, type JobAtWork } from "./job-at-work.ts";
import { type KeptRecord, keptRecord } from "./kept-record.ts";
import { lookMs, nextLookMs } from "./next-look.ts";
import { createNoteWaiting, type NoteWaiting } from "./note-waiting.ts";
import { slotByHand } from "./slot-by-hand.ts";
import { standingOf, whyNotBegun } from "./standing-of.ts";
import { statusOf } from "./status-of.ts";
import {
  howJobsStand,
  isEnding,
  notKept,
  refused,
  said,
  wasPaused,
  whyNotAsked,
} from "./take-request.ts";

export interface Daemon {
  /** Looks whether something is to be done, and begins it. Gives the milliseconds until the next look is worth it. */
  readonly look: () => Promise<number>;
  /** Somebody is there: what is at work gives way at once. */
  readonly active: () => void;
  readonly obey: (request: DaemonRequest) => Promise<DaemonAnswer>;
  /** Resolves when it was told to stop and nothing is at work any more. */
  readonly stopped: Promise<void>;
  /** Resolves when nothing is at work. */
  readonly quiet: () => Promise<void>;
  /** Resolves when the next job comes to its end, also one that begins later. */
  readonly ending: () => Promise<void>;
}

/** Opens it on what an earlier daemon left: what that had at work is ended, and counts as cut off. */
export async function openDaemon(world: DaemonWorld): Promise<Daemon> {
  const left = await world.records.read();
  if (left.running !== undefined) await world.endLeft(left.running);
  const record = recovered(left, world.now());
  if (record !== left) {
    await world.records.keep(record);
    world.log(`${left.running?.job ?? ""} was at work when the daemon ended; it counts as cut off`);
  }
  return new Life(world, record);
}

/** A class, since all of it changes over time. One thing at a time is done to the record, and each is on the disk first. */
class Life implements Daemon {
  readonly stopped: Promise<void>;
  private readonly world: DaemonWorld;
  private readonly record: KeptRecord;
  private readonly work: JobAtWork;
  private activeAt: number;
  private readonly asked = createAskedJobs();
  private readonly note: NoteWaiting;
  private isStopping = false;
  private looking: Promise<unknown> = Promise.resolve();
  private readonly stop: () => void;

  constructor(world: DaemonWorld, record: DaemonRecord) {
    this.world = world;
    this.record = keptRecord(record, world);
    this.work = createJobAtWork(world, this.record, () => this.active());
    this.note = createNoteWaiting(world.log);
    // Whoever started it was there a moment ago.
    this.activeAt = world.monotonic();
    const { promise, resolve } = Promise.withResolvers<void>();
    this.stopped = promise;
    this.stop = resolve;
  }

  look(): Promise<number> {
    // One after the other: what was asked for while one is under way is seen by the next.
    const looked = this.looking.then(() => this.lookOnce());
    this.looking = looked.catch(() => undefined);
    return looked;
  }

  active(): void {
    this.activeAt = this.world.monotonic();
    if (this.record.now().running?.byHand === false) this.work.giveWay();
  }

  quiet(): Promise<void> {
    return this.work.quiet();
  }

  ending(): Promise<void> {
    return this.work.ending();
  }

  async obey(request: DaemonRequest): Promise<DaemonAnswer> {
    switch (request.command) {
      case "status":
        return statusOf(this.world, {
          record: this.record.now(),
          idleMs: this.idleMs(),
          isStopping: this.isStopping,
        });
      case "pause": {
        const answer = pauseAnswer(this.record.now(), this.asked.letGo(wasPaused));
        this.world.log(`told to pause by a person: ${answer}`);
        this.work.giveWay();
        return this.keepWord(paused(this.record.now()), answer);
      }
      case "resume":
        this.world.log("told to go on by a person");
        return this.resume();
      case "stop": {
        this.isStopping = true;
        const answer = stopAnswer(this.asked.letGo(isEnding));
        this.world.log(answer);
        this.work.giveWay();
        void this.quiet().then(() => this.record.kept().then(() => this.stop()));
        return said(answer);
      }
      case "run-now":
        return this.runNow(request.job, request.wait === true);
      case "dismiss":
        return this.keepWord(dismissed(this.record.now(), request.ids), "dismissed");
    }
  }

  /** What a person said is done once it is on the disk. */
  private async keepWord(record: DaemonRecord, answer: string): Promise<DaemonAnswer> {
    const why = await this.record.keep(record);
    return why === undefined ? said(answer) : notKept(answer, why);
  }

  private async resume(): Promise<DaemonAnswer> {
    const now = this.world.now();
    const record = this.record.now();
    const answer = await this.keepWord(resumed(record, now), resumeAnswer(record, now));
    void this.look();
    return answer;
  }

  private async runNow(name: string, isWaitedFor: boolean): Promise<DaemonAnswer> {
    const not = await whyNotAsked(name, this.world);
    if (not !== undefined) return not;
    // Nobody would ever begin it, nor tell whoever waits.
    if (this.isStopping) return isEnding;
    this.asked.ask(name);
    const answer = isWaitedFor ? this.asked.endOf(name) : said(`${name} is next`);
    void this.look();
    return answer;
  }

  private heldReason(): string | undefined {
    return heldBack(this.record.now(), this.world.now()) ?? this.idleReason();
  }

  private idleReason(): string | undefined {
    return idleGate(this.idleMs(), this.world.config);
  }

  private idleMs(): number {
    return this.world.monotonic() - this.activeAt;
  }

  private async lookOnce(): Promise<number> {
    if (this.isStopping || this.record.now().running !== undefined) return lookMs;
    while (this.asked.names().length > 0) if (await this.tryAsked()) return lookMs;
    const held = this.heldReason();
    if (held !== undefined) {
      this.note("all", held);
      return nextLookMs(this.idleMs(), this.world.config);
    }
    this.note("all", undefined);
    for (const job of await this.world.jobs()) if (await this.tryJob(job)) break;
    return nextLookMs(this.idleMs(), this.world.config);
  }

  /** What a person asked for, the first of it. True: it has begun, or nothing may. */
  private async tryAsked(): Promise<boolean> {
    const [name = ""] = this.asked.names();
    const job = (await this.world.jobs()).find((one) => one.name === name);
    const whyNot =
      job === undefined ? "it is not there any more" : await whyNotBegun(job, this.world);
    // Let go meanwhile.
    if (!this.asked.names().includes(name)) return this.isStopping;
    const tell = this.asked.take(name);
    if (job !== undefined && whyNot === undefined) {
      const slot = slotByHand(job, this.record.now(), this.world.now());
      void this.work.begin(job, { slot, byHand: true }).then(tell);
      return true;
    }
    const not = `${name} was asked for and is not begun: ${whyNot ?? ""}`;
    this.world.log(not);
    tell(refused(not, howJobsStand));
    return false;
  }

  /** Cheapest first; true: it has begun, or nothing may. */
  private async tryJob(job: DaemonJob): Promise<boolean> {
    const now = this.world.now();
    const { world } = this;
    const record = this.record.now();
    const found = await standingOf(job, { record, config: world.config, now });
    if (found.kind !== "due") {
      this.note(job.name, found.kind === "waits" ? found.why : undefined);
      return false;
    }
    if (await this.isRefused(job)) return false;
    const seen = await this.world.lastSeen(record);
    // The most expensive look of all; what it finds keeps everything back for as long as a command would.
    if (seen !== undefined)
      this.activeAt = Math.max(this.activeAt, this.world.monotonic() - Math.max(0, now - seen));
    if (this.idleReason() !== undefined) {
      this.note(job.name, "a run is at work, or files were written lately");
      return true;
    }
    // That took its time; git may have come to track it.
    if (await this.isRefused(job)) return false;
    // Meanwhile a person may have said otherwise.
    if (this.isStopping || heldBack(this.record.now(), now) !== undefined) return true;
    this.note(job.name, undefined);
    void this.work.begin(job, { slot: found.slot, byHand: false });
    return true;
  }

  /** Whether it is not to be begun at all. */
  private async isRefused(job: DaemonJob): Promise<boolean> {
    const whyNot = await whyNotBegun(job, this.world);
    if (whyNot !== undefined) this.note(job.name, whyNot);
    return whyNot !== undefined;
  }
}
