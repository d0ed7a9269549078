import * as z from "zod";

import { matchGlobs } from "../core/glob/match-globs.ts";
import { parseJson } from "../core/parse-json.ts";
import { boundShards } from "../core/shard/bound-shards.ts";
import { groupByImports } from "../core/shard/group-by-imports.ts";
import { groupByOwner, ownersFiles } from "../core/shard/group-by-owner.ts";
import { groupByPackage } from "../core/shard/group-by-package.ts";
import { type ImportGraph, importGraph } from "../core/shard/import-graph.ts";
import { orderShards } from "../core/shard/in-order.ts";
import { shardProblem } from "../core/shard/shard-problem.ts";
import { folderOf, groupedBy, type Shard } from "../core/shard/shard.ts";
import { failure } from "../model/failure.ts";
import type { CommitId } from "../model/ids.ts";
import { err, ok, type Result } from "../model/result.ts";
import { noSpend } from "../model/spend.ts";
import type { ShardUnitAction, Unit } from "../model/unit.ts";
import { commandFailure, runCommandOf } from "./run-command.ts";
import type { RunContext } from "./run-context.ts";
import { endedWith, outcomeOf, type UnitEnd } from "./unit-end.ts";

export interface ShardAttempt {
  readonly unit: Unit;
  readonly action: ShardUnitAction;
  readonly attempt: number;
  readonly base: CommitId;
  readonly signal: AbortSignal;
}

/** Divides files of the unit's base among units to come: its output `shards`. Changes nothing. */
export async function attemptShard(run: RunContext, options: ShardAttempt): Promise<UnitEnd> {
  const divided = await divide(run, options);
  if (!divided.ok) return endedWith(outcomeOf(divided.error), divided.error);
  const shards = divided.value.map(({ name, files }) => ({ name, files: [...files] }));
  const files = shards.reduce((sum, shard) => sum + shard.files.length, 0);
  return { outcome: "done", outputs: { shards, files }, spent: noSpend };
}

async function divide(run: RunContext, options: ShardAttempt): Promise<Result<readonly Shard[]>> {
  const { action, base } = options;
  const all = await run.ports.workspace.listFiles(base);
  if (!all.ok) return all;
  const files = await filesOf(run, options, all.value);
  if (!files.ok) return files;
  if (typeof action.by === "object") return byCommand(run, options, files.value);
  const needsGraph = action.by === "imports" || action.order === "dependencies";
  const graph = needsGraph
    ? await graphOf(run, base, { files: files.value, all: all.value })
    : ok<ImportGraph>(new Map());
  if (!graph.ok) return graph;
  const groups =
    action.by === "imports"
      ? ok(groupByImports(graph.value, action))
      : await groupsOf(run, options, { files: files.value, all: all.value });
  if (!groups.ok) return groups;
  const shards = action.by === "imports" ? groups.value : boundShards(groups.value, action);
  const problem = shardProblem(shards, files.value);
  if (problem !== undefined) throw new Error(`Internal error: ${problem}`);
  return ok(action.order === "dependencies" ? orderShards(shards, graph.value) : shards);
}

async function filesOf(
  run: RunContext,
  { action, base }: ShardAttempt,
  all: readonly string[],
): Promise<Result<readonly string[]>> {
  const matches = matchGlobs(action.files);
  const named = all.filter((path) => matches(path));
  if (action.matching === undefined) return ok(named);
  const holding = await run.ports.workspace.linesMatching(base, action.matching);
  return holding.ok ? ok(named.filter((path) => holding.value.has(path))) : holding;
}

interface Tree {
  readonly files: readonly string[];
  readonly all: readonly string[];
}

async function groupsOf(
  run: RunContext,
  { action, base }: ShardAttempt,
  { files, all }: Tree,
): Promise<Result<readonly Shard[]>> {
  if (action.by === "directory") return ok(groupedBy(files, folderOf));
  if (action.by === "package") return ok(groupByPackage(files, all));
  const named = ownersFiles.find((path) => all.includes(path));
  if (named === undefined) {
    return err(
      failure("usage", "there is no CODEOWNERS file to shard by owner", {
        hint: `add ${ownersFiles[0]}, or shard by package or directory`,
      }),
    );
  }
  const text = await run.ports.workspace.readFile(base, named);
  return text.ok ? ok(groupByOwner(files, text.value ?? "")) : text;
}

/** Lines that may be part of an import. */
const importLines = "import|require|export|from";

async function graphOf(
  run: RunContext,
  base: CommitId,
  { files, all }: Tree,
): Promise<Result<ImportGraph>> {
  const lines = await run.ports.workspace.linesMatching(base, importLines);
  if (!lines.ok) return lines;
  const packages = new Map<string, string>();
  for (const path of all.filter((one) => /(?:^|\/)package\.json$/.test(one))) {
    const text = await run.ports.workspace.readFile(base, path);
    const name = /"name"\s*:\s*"([^"]+)"/.exec(text.ok ? (text.value ?? "") : "")?.[1];
    if (name !== undefined) packages.set(name, folderOf(path));
  }
  const texts = new Map(files.map((file) => [file, lines.value.get(file) ?? ""]));
  return ok(importGraph({ texts, packages }));
}

const listSchema = z.array(z.strictObject({ name: z.string().min(1), files: z.array(z.string()) }));
const mapSchema = z.record(z.string().min(1), z.array(z.string()));

/** A command of the user's: reads `$SKEIN_OUT/files.txt` and writes `$SKEIN_OUT/shards.json`. */
async function byCommand(
  run: RunContext,
  { unit, action, attempt, base, signal }: ShardAttempt,
  files: readonly string[],
): Promise<Result<readonly Shard[]>> {
  const script = typeof action.by === "object" ? action.by.run : "";
  const outDir = await run.ports.files.makeOutDir(unit.id, attempt);
  const opened = await run.ports.workspace.open(base, {
    name: `${unit.id}-${attempt}`,
    deps: run.settings.deps,
  });
  if (!opened.ok) return opened;
  await using worktree = opened.value;
  await run.ports.files.writeOutput(outDir, "files.txt", files.map((file) => `${file}\n`).join(""));
  const place = { unit, cwd: worktree.path, outDir, signal };
  const failed = commandFailure(script, await runCommandOf(run, place, { script }), place.cwd);
  if (failed !== undefined) return err(failed);
  const text = await run.ports.files.readOutput(outDir, "shards.json");
  if (!text.ok) return text;
  const shards = readShards(text.value ?? "");
  const problem =
    shards === undefined
      ? "$SKEIN_OUT/shards.json is no map of names to lists of files"
      : shardProblem(shards, files);
  return problem === undefined
    ? ok(shards ?? [])
    : err(failure("output", `the shards of ${unit.id}: ${problem}`));
}

function readShards(text: string): readonly Shard[] | undefined {
  const value = parseJson(text);
  const list = listSchema.safeParse(value);
  if (list.success) return list.data;
  const map = mapSchema.safeParse(value);
  return map.success
    ? Object.entries(map.data).map(([name, files]) => ({ name, files }))
    : undefined;
}
