import { hash } from "node:crypto";

import { observationsIn } from "../../core/memory/observations-in.ts";
import { ownIds } from "../../core/memory/own-ids.ts";
import { withoutText } from "../../core/memory/reading/without-text.ts";
import { sourceName } from "../../core/memory/source-name.ts";
import { withoutErased } from "../../core/memory/without-erased.ts";
import type { MemoryEntry } from "../../model/memory-entry.ts";
import type { MemoryFiles } from "../../ports/memory-files.ts";
import { draftEnd, writeDurably } from "./durably.ts";
import { dropHistory, readGeneration, readState, treeDir } from "./generations.ts";
import { dropDrafts, readSegments, takeOut } from "./inbox.ts";
import { readTree } from "./read-tree.ts";
import { isKept } from "./restore-files.ts";

/**
 * Takes observations with these names out of all that memory has. As long as an observation is in the inbox the next dream erases it again: it
 * comes last, behind what was read in it. Gives what is to be told: files that had their words, and those that could not be looked through.
 */
export async function eraseWords(
  files: MemoryFiles,
  names: ReadonlySet<string>,
): Promise<readonly string[]> {
  await dropHistory(files);
  await dropDrafts(files);
  const goes = (entry: MemoryEntry): boolean =>
    entry.type === "observed" && names.has(sourceName(entry.observation));
  const { segments } = await readSegments(files, new Set());
  const entries = segments.flatMap((segment) => segment.entries);
  // What only claims to be a fact is not that fact.
  const { observations } = ownIds(observationsIn(entries), sha256);
  const left = withoutErased(
    observations.filter((one) => names.has(sourceName(one))),
    sha256,
  );
  const told = await eraseInFiles(files, left);
  const stays = entries.filter((entry) => !goes(entry));
  await takeOut(files, {
    goes: withoutText(stays, sha256),
    goesUnread: (line) => left("", unescaped(line)) === undefined,
  });
  await takeOut(files, { goes });
  return told;
}

/** Files that no dream reads: those that `restore` put aside, drafts that a crash left, and those that cannot be read. All others are as the last dream wrote them. */
async function eraseInFiles(
  files: MemoryFiles,
  left: ReturnType<typeof withoutErased>,
): Promise<readonly string[]> {
  const held = (await readGeneration(files, (await readState(files)).current)).files;
  const written = await readTree(files);
  const kept = await readTree(files, (name) => isKept(name) || name.endsWith(draftEnd));
  const told: string[] = [];
  for (const [path, text] of [...written.tree, ...kept.tree]) {
    if (held[path] === text) continue;
    const rest = left(path.endsWith(draftEnd) ? path.slice(0, -draftEnd.length) : path, text);
    if (rest === text) continue;
    const whole = `${treeDir}/${path}`;
    // A file that is gone would be forgotten.
    const wanted = held[path] ?? rest;
    if (wanted === undefined) await files.remove(whole);
    else await writeDurably(files, whole, wanted);
    told.push(
      held[path] === undefined
        ? `memory/${path} had words of it; they are gone`
        : `memory/${path} had words of it; it is as the latest dream left it`,
    );
  }
  const unread = new Set([...written.unread, ...kept.unread]);
  return [
    ...told,
    ...[...unread].map((path) => `memory/${path} was not looked through for what was erased`),
  ];
}

/** A line of JSON that is cut off, as near to its words as it can be read. */
function unescaped(line: string): string {
  return line.replaceAll(/\\(["\\/])/g, "$1").replaceAll(/\\[nrt]/g, " ");
}

function sha256(text: string): string {
  return hash("sha256", text);
}
