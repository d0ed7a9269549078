/**
 * Which journal: JSON lines with a group-committed fdatasync, or node:sqlite in WAL mode? Each of n appenders waits for
 * its event to be durable before its next one, as units do. The floor writes the same lines and never syncs.
 * The reading is in docs/journal-choice.md.
 */
import { mkdtemp, open, rm } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

import { openJsonlJournal } from "../src/adapters/journal/jsonl-journal.ts";
import type { RunEvent } from "../src/model/event.ts";
import type { UnitId } from "../src/model/ids.ts";
import { type Cost, costOf, interleaved, median } from "./support/measure.ts";
import { print } from "./support/print.ts";

const events = 512;
const rounds = 5;
/** Not /tmp: it may be memory, where a sync costs nothing. */
const parent = process.env["SKEIN_BENCH_DIR"] ?? "/var/tmp";
const event: RunEvent = {
  kind: "unit-state",
  unit: "rename[packages/billing]" as UnitId,
  attempt: 1,
  state: "verifying",
};

type Append = () => Promise<unknown>;
interface Opened {
  readonly append: Append;
  readonly close: () => Promise<void>;
}

const variants = {
  "no sync (floor)": openUnsynced,
  "JSONL, fdatasync each": openSyncedEach,
  "JSONL, group commit": openGrouped,
  "sqlite WAL FULL each": (folder: string) => openSqlite(folder, "FULL"),
  "sqlite WAL NORMAL each": (folder: string) => openSqlite(folder, "NORMAL"),
  "sqlite WAL FULL, group commit": openSqliteGrouped,
};

async function openUnsynced(folder: string): Promise<Opened> {
  const file = await open(join(folder, "journal.jsonl"), "a");
  return {
    append: () => file.appendFile(line(), "utf8"),
    close: () => file.close(),
  };
}

async function openSyncedEach(folder: string): Promise<Opened> {
  const file = await open(join(folder, "journal.jsonl"), "a");
  let before: Promise<void> = Promise.resolve();
  const write = async (): Promise<void> => {
    await file.appendFile(line(), "utf8");
    await file.datasync();
  };
  return { append: () => (before = before.then(write)), close: () => file.close() };
}

/** The real one. */
async function openGrouped(folder: string): Promise<Opened> {
  const journal = await openJsonlJournal({ file: join(folder, "journal.jsonl"), clock: Date });
  return {
    append: () => journal.append(event),
    close: async () => journal[Symbol.asyncDispose](),
  };
}

async function openSqlite(folder: string, synchronous: "FULL" | "NORMAL"): Promise<Opened> {
  const { database, insert } = openTable(folder, synchronous);
  return {
    // node:sqlite has no asynchronous form: the whole loop waits for the disk.
    append: async () => insert.run(line()),
    close: async () => database.close(),
  };
}

async function openSqliteGrouped(folder: string): Promise<Opened> {
  const { database, insert } = openTable(folder, "FULL");
  let waiting: (() => void)[] = [];
  const flush = (): void => {
    const batch = waiting;
    waiting = [];
    database.exec("begin");
    for (const _ of batch) insert.run(line());
    database.exec("commit");
    for (const resolve of batch) resolve();
  };
  return {
    append: () =>
      new Promise<void>((resolve) => {
        if (waiting.push(resolve) === 1) setImmediate(flush);
      }),
    close: async () => database.close(),
  };
}

function openTable(
  folder: string,
  synchronous: string,
): { database: DatabaseSync; insert: ReturnType<DatabaseSync["prepare"]> } {
  const database = new DatabaseSync(join(folder, "journal.sqlite"));
  database.exec(`pragma journal_mode = wal; pragma synchronous = ${synchronous}`);
  database.exec("create table journal (seq integer primary key, entry text not null)");
  return { database, insert: database.prepare("insert into journal (entry) values (?)") };
}

function line(): string {
  return `${JSON.stringify({ seq: 0, at: Date.now(), event })}\n`;
}

async function measure(
  opening: (folder: string) => Promise<Opened>,
  appenders: number,
): Promise<Cost> {
  const folder = await mkdtemp(join(parent, "skein-bench-"));
  const journal = await opening(folder);
  const each = Math.ceil(events / appenders);
  try {
    return await costOf(() =>
      Promise.all(Array.from({ length: appenders }, () => appendAll(journal.append, each))),
    );
  } finally {
    await journal.close();
    await rm(folder, { recursive: true });
  }
}

async function appendAll(append: Append, count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) await append();
}

for (const appenders of [1, 8, 64]) {
  const costs = await interleaved(
    Object.fromEntries(
      Object.entries(variants).map(([name, opening]) => [name, () => measure(opening, appenders)]),
    ),
    rounds,
  );
  const each = (name: string, of: (cost: Cost) => number): number =>
    median((costs[name] ?? []).map(of));
  const floor = each("no sync (floor)", (cost) => cost.wallMs);
  print(
    `${events} events, ${appenders} appenders (medians of ${rounds})`,
    Object.keys(variants).map((name) => ({
      journal: name,
      "wall us/event": (each(name, (cost) => cost.wallMs) * 1_000) / events,
      "cpu us/event": (each(name, (cost) => cost.cpuMs) * 1_000) / events,
      "loop busy %": each(name, (cost) => cost.loop) * 100,
      "to floor": each(name, (cost) => cost.wallMs) / floor,
    })),
  );
}
