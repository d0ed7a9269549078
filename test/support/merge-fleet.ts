import type { MergeContext } from "../../src/app/run-context.ts";
import { createHistory } from "../../src/core/history.ts";
import type { CommitId } from "../../src/model/ids.ts";
import type { Result } from "../../src/model/result.ts";
import type { Workspace } from "../../src/ports/workspace.ts";

/** How the two units of a pair meet. */
export const meetings = ["adjacent-lines", "list", "json", "same-edit"] as const;
export type Meeting = (typeof meetings)[number];

/** One unit's work, and what has to be in the merge of all because of it. */
export interface FleetUnit {
  readonly commit: CommitId;
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

interface Draft {
  readonly path: string;
  readonly change: (lines: readonly string[]) => readonly string[];
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

const [filesCount, placesPerFile, linesPerPlace] = [16, 8, 12] as const;

/** A repository in which 128 units find a place of their own. */
export function fleetFiles(): Readonly<Record<string, string>> {
  const files = Array.from({ length: filesCount }, (_, file) => [
    pathOf(file),
    [
      'import { a } from "./a.ts";',
      'import { z } from "./z.ts";',
      "",
      ...Array.from({ length: placesPerFile * linesPerPlace }, (_, at) => lineOf(file, at)),
      "",
    ].join("\n"),
  ]);
  const manifest = JSON.stringify({ name: "fleet", dependencies: { a: "1", z: "1" } }, null, 2);
  return { ...Object.fromEntries(files), "package.json": `${manifest}\n` };
}

function pathOf(file: number): string {
  return `src/f${file}.ts`;
}

function lineOf(file: number, at: number): string {
  return `export const line${file}x${at} = ${at};`;
}

function importOf(name: string): string {
  return `import { ${name} } from "./${name}.ts";`;
}

/**
 * Units on one commit: those of a pair meet in the way that is named, all others keep to themselves. Places are handed out in
 * the order of `places`, numbers from 0 to 127.
 */
export async function makeFleet(
  workspace: Workspace,
  base: CommitId,
  plan: {
    readonly pairs: readonly Meeting[];
    readonly alone: number;
    readonly places: readonly number[];
  },
): Promise<readonly FleetUnit[]> {
  const drafts = [
    ...plan.pairs.flatMap((meeting, at) => pairOf(meeting, at, plan.places[at] ?? 0)),
    ...Array.from({ length: plan.alone }, (_, at) =>
      aloneAt(at, plan.places[plan.pairs.length + at] ?? 0),
    ),
  ];
  const tree = must(await workspace.treeOf(base));
  const units: FleetUnit[] = [];
  for (const { path, change, added, removed } of drafts) {
    const text = must(await workspace.textOf(`${base}:${path}`)) ?? "";
    const changed = change(text.split("\n")).join("\n");
    const own = must(await workspace.replaceFiles(tree, new Map([[path, { text: changed }]])));
    const commit = must(await workspace.commitTree(own, { parents: [base], message: "Unit" }));
    units.push({ commit, added, removed });
  }
  return units;
}

function placeAt(place: number): { readonly file: number; readonly first: number } {
  const file = place % filesCount;
  return { file, first: Math.floor(place / filesCount) * linesPerPlace + 4 };
}

/** Two lines in, one out, far from everybody. */
function aloneAt(number: number, place: number): Draft {
  const { file, first } = placeAt(place);
  const added = [`export const alone${number} = 1;`, `export const alone${number}b = 2;`];
  return replacing(pathOf(file), lineOf(file, first), added);
}

function replacing(path: string, line: string, added: readonly string[]): Draft {
  return {
    path,
    added,
    removed: [line],
    change: (lines) => lines.flatMap((one) => (one === line ? added : [one])),
  };
}

function inserting(path: string, before: string, added: readonly string[]): Draft {
  return {
    path,
    added,
    removed: [],
    change: (lines) => lines.flatMap((one) => (one === before ? [...added, one] : [one])),
  };
}

function pairOf(meeting: Meeting, number: number, place: number): readonly Draft[] {
  const { file, first } = placeAt(place);
  const path = pathOf(file);
  switch (meeting) {
    case "adjacent-lines":
      return [0, 1].map((side) =>
        replacing(path, lineOf(file, first + side), [`export const next${number}x${side} = 1;`]),
      );
    case "list":
      return [0, 1].map((side) => inserting(path, importOf("z"), [importOf(`m${number}x${side}`)]));
    case "json":
      return [0, 1].map((side) => ({
        path: "package.json",
        added: [`    "m${number}x${side}": "1",`],
        removed: [],
        change: (lines) =>
          lines.flatMap((one) =>
            one.includes('"z"') ? [`    "m${number}x${side}": "1",`, one] : [one],
          ),
      }));
    case "same-edit": {
      const shared = `export const shared${number} = 1;`;
      const before = lineOf(file, first);
      return [
        inserting(path, before, [shared]),
        inserting(path, before, [shared, `export const more${number} = 1;`]),
      ];
    }
  }
}

/** What merging in memory needs of a run, without one. */
export function mergeContext(workspace: Workspace, base: CommitId): MergeContext {
  return { history: createHistory(base), record: () => Promise.resolve(), ports: { workspace } };
}

export function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}
