import type { Plan } from "../model/plan.ts";
import { outlineOf } from "./plan/outline.ts";

/** Longest text of a convention file that goes into the brief, in characters. */
const conventionsMax = 6_000;
const foldersMax = 120;
/** Up to so many files the map names them all. */
const filesMax = 400;
/** Longest outline of a plan, in characters. */
const outlineMax = 12_000;

/**
 * The shared brief: what every agent of a run is told about the repository, byte for byte the same for all of them.
 * The convention files are the repository's own words, hence data to the agents, never orders to us.
 */
export function briefOf(repository: {
  readonly files: readonly string[];
  readonly conventions: readonly { readonly path: string; readonly text: string }[];
}): string {
  const files = repository.files.length <= filesMax ? fileRows(repository.files) : undefined;
  return [
    `The repository has ${repository.files.length} files:`,
    ...(files ?? folderRows(repository.files)),
    ...repository.conventions.map(({ path, text }) => `\n${path} says:\n${clip(text)}`),
  ].join("\n");
}

/** A line a folder, with the names of its files. */
function fileRows(files: readonly string[]): readonly string[] {
  const folders = new Map<string, string[]>();
  for (const file of files) {
    const at = file.lastIndexOf("/") + 1;
    const folder = file.slice(0, at) || "./";
    folders.set(folder, [...(folders.get(folder) ?? []), file.slice(at)]);
  }
  return [...folders]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([folder, names]) => `${folder} ${names.toSorted().join(" ")}`);
}

function folderRows(files: readonly string[]): readonly string[] {
  const folders = new Map<string, number>();
  for (const file of files) {
    const folder = file.split("/").slice(0, -1).slice(0, 3).join("/") || ".";
    folders.set(folder, (folders.get(folder) ?? 0) + 1);
  }
  const rows = [...folders].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const shown = rows.slice(0, foldersMax).map(([folder, count]) => `${folder}/ ${count} files`);
  const more = rows.length > foldersMax ? [`… and ${rows.length - foldersMax} more folders`] : [];
  return [...shown, ...more];
}

function clip(text: string): string {
  return text.length <= conventionsMax ? text : `${text.slice(0, conventionsMax)}\n… (cut)`;
}

/** What the agents of a plan's units are told of it, byte for byte the same. */
export function planBriefOf(plan: Plan): string {
  const outline = outlineOf(plan);
  const shown =
    outline.length <= outlineMax ? outline : `${outline.slice(0, outlineMax)}\n… (more tasks)`;
  const parts = [`The whole plan, of which your contract is one part:\n${shown}`, plan.brief];
  return parts.filter((part) => part !== "").join("\n\n");
}
