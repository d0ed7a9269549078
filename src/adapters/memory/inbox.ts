import { hash } from "node:crypto";

import { erasedIn } from "../../core/memory/erase.ts";
import { observationsIn } from "../../core/memory/observations-in.ts";
import { withoutText } from "../../core/memory/reading/without-text.ts";
import { sourceName } from "../../core/memory/source-name.ts";
import { wellFormed } from "../../core/well-formed.ts";
import { type MemoryEntry, memoryEntrySchema } from "../../model/memory-entry.ts";
import type { MemoryFiles } from "../../ports/memory-files.ts";
import type { Segment } from "../../ports/memory-store.ts";
import { draftEnd, makeDirDurably, writeDurably, writeNamed } from "./durably.ts";

export const inboxDir = "memory/inbox";

/** Segments of this name say what lines came to that are gone: nothing new, so no dream waits for them. */
export const countedName = "counted";

/** A file of JSON lines that is to be. */
interface NewSegment {
  readonly file: string;
  readonly text: string;
}

export function segmentOf({
  entries,
  name,
  now,
}: {
  readonly entries: readonly MemoryEntry[];
  readonly name: string;
  readonly now: number;
}): NewSegment {
  const text = entries
    .map((entry) => `${JSON.stringify(entry.type === "observed" ? entry.observation : entry)}\n`)
    .join("");
  const stamp = new Date(now).toISOString().replaceAll(/[-:]|\.\d+/g, "");
  const digest = hash("sha256", text).slice(0, 10);
  return { file: `${name}-${stamp}-${digest}.jsonl`, text };
}

/** A segment is complete before it has its name: nothing of it can be torn. Gives that. */
export async function writeSegment(
  files: MemoryFiles,
  { file, text }: NewSegment,
): Promise<string> {
  await makeDirDurably(files, inboxDir);
  const path = `${inboxDir}/${file}`;
  try {
    await writeDurably(files, path, text);
  } catch {
    // Whoever erases something clears drafts away, also this one: they cannot tell it from what a crash left.
    await writeDurably(files, path, text);
  }
  return file;
}

/** Segments of these names say what a person decided, or wrote into the files of memory. */
export function isByHand(segment: string): boolean {
  return segment.startsWith("decided-") || segment.startsWith("edited-");
}

/** What a crash left of segments that were never said. */
export async function dropDrafts(files: MemoryFiles): Promise<void> {
  for (const { name } of await files.list(inboxDir))
    if (name.endsWith(draftEnd)) await files.remove(`${inboxDir}/${name}`);
}

/** Segments of this name say what a model read in texts that are there: nothing that was said, so no dream waits for them. */
const readName = "read";

/** Whether a segment has nothing in it that was said. */
export function isOfNothingNew(segment: string): boolean {
  return isCount(segment) || segment.startsWith(`${readName}-`);
}

/** Lines without a `type` are observations, as `skein memory import` takes them. What is none is reported and left there. */
export async function readSegments(
  files: MemoryFiles,
  read: ReadonlySet<string>,
): Promise<{
  readonly segments: readonly Segment[];
  readonly problems: readonly string[];
  /** Lines that say nothing that can be read, by their segment. */
  readonly unread: ReadonlyMap<string, readonly string[]>;
}> {
  const problems: string[] = [];
  const unread = new Map<string, readonly string[]>();
  const segments: Segment[] = [];
  const names = (await files.list(inboxDir))
    .filter(({ name, kind }) => kind === "file" && name.endsWith(".jsonl"))
    .map(({ name }) => name)
    .toSorted();
  for (const name of names) {
    const text = (await files.read(`${inboxDir}/${name}`)) ?? "";
    const entries: MemoryEntry[] = [];
    for (const [index, line] of text.split("\n").entries()) {
      if (line.trim() === "") continue;
      const entry = readEntry(line);
      if (typeof entry === "string") {
        problems.push(`${inboxDir}/${name}:${index + 1}: ${entry}`);
        unread.set(name, [...(unread.get(name) ?? []), line]);
      } else entries.push(entry);
    }
    segments.push({ name, entries, isRead: read.has(name) || isCount(name) });
  }
  return { segments, problems, unread };
}

function isCount(segment: string): boolean {
  return segment.startsWith(`${countedName}-`);
}

/**
 * Takes lines out of all segments but one; each is as before or as after at any moment. A segment that holds nothing any more
 * goes; a line that cannot be read stays unless it is to go, too. Gives how many went.
 */
export async function takeOut(
  files: MemoryFiles,
  {
    goes,
    goesUnread = () => false,
    but,
  }: {
    readonly goes: (entry: MemoryEntry) => boolean;
    readonly goesUnread?: (line: string) => boolean;
    readonly but?: string | undefined;
  },
): Promise<number> {
  let gone = 0;
  const { segments, unread } = await readSegments(files, new Set());
  for (const { name, entries } of segments) {
    if (name === but || (!entries.some(goes) && !(unread.get(name) ?? []).some(goesUnread)))
      continue;
    const path = `${inboxDir}/${name}`;
    const lines = ((await files.read(path)) ?? "").split("\n").filter((line) => line !== "");
    const left = lines.filter((line) => {
      const entry = readEntry(line);
      return typeof entry === "string" ? !goesUnread(line) : !goes(entry);
    });
    gone += lines.length - left.length;
    if (left.length === 0) await files.remove(path);
    else await writeNamed(files, path, left.map((line) => `${line}\n`).join(""));
  }
  await files.syncDir(inboxDir);
  return gone;
}

/** JSON may name half of a sign, and so may whoever writes it. */
const halfSign = /\\ud[89a-f]/i;

function readEntry(line: string): MemoryEntry | string {
  try {
    const value: unknown = halfSign.test(line) ? wellFormed(JSON.parse(line)) : JSON.parse(line);
    const isTyped = typeof value === "object" && value !== null && "type" in value;
    const parsed = memoryEntrySchema.safeParse(
      isTyped ? value : { type: "observed", observation: value },
    );
    if (parsed.success) return parsed.data;
    return parsed.error.issues
      .map(({ path, message }) => `${path.join(".")} ${message}`.trim())
      .join("; ");
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/**
 * Those that are not known yet, each once; what was erased is known for good. A text is read once, and only while it is there:
 * somebody may have erased it while a model read it.
 */
export function unknownOf(
  entries: readonly MemoryEntry[],
  segments: readonly Segment[],
): readonly MemoryEntry[] {
  const held = segments.flatMap((segment) => segment.entries);
  const known = new Set([...observationsIn(held).map(sourceName), ...erasedIn(held)]);
  for (const entry of held) if (entry.type === "read") known.add(entry.of);
  const isGone = withoutText(held, (text) => hash("sha256", text));
  return entries.filter((entry) => {
    if (isGone(entry)) return false;
    if (entry.type !== "observed" && entry.type !== "read") return true;
    const name = entry.type === "read" ? entry.of : sourceName(entry.observation);
    if (known.has(name)) return false;
    known.add(name);
    return true;
  });
}
