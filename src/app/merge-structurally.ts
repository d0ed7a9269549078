import { leftMarker } from "../core/reduce/left-markers.ts";
import type { CommitId } from "../model/ids.ts";
import type { ConflictedFile } from "../ports/workspace.ts";
import type { ReduceAttempt } from "./reduce-attempt.ts";
import { runAsUnit } from "./run-command.ts";
import type { RunContext } from "./run-context.ts";
import type { OpenFile } from "./settle-by-code.ts";

const toolMs = 60_000;

/** Files go by number, since their names could be anything; `$1…` are their paths. */
const script = [
  "at=0",
  'for path in "$@"; do',
  '  timeout 20 mergiraf merge "$SKEIN_OUT/$at.base" "$SKEIN_OUT/$at.ours" "$SKEIN_OUT/$at.theirs" -p "$path" > "$SKEIN_OUT/$at.merged" || rm -f "$SKEIN_OUT/$at.merged"',
  "  at=$((at + 1))",
  "done",
].join("\n");

/**
 * What mergiraf, which merges by syntax trees, makes of files where it is installed, by path; a file with which it does not
 * come to an end is left out. Its answer is text like any other: it must not hold a marker.
 */
export async function mergeStructurally(
  run: RunContext,
  options: ReduceAttempt,
  merge: { readonly ours: CommitId; readonly name: string; readonly files: readonly OpenFile[] },
): Promise<ReadonlyMap<string, string>> {
  const merged = new Map<string, string>();
  const { unit, attempt, signal } = options;
  const texts = await textsOf(run, merge.files);
  if (!run.settings.hasMergiraf || texts.length === 0) return merged;
  const opened = await run.ports.workspace.open(merge.ours, {
    name: `${unit.id}-${attempt}-mergiraf-${merge.name}`,
    deps: "none",
  });
  if (!opened.ok) return merged;
  await using worktree = opened.value;
  const { files } = run.ports;
  const outDir = await files.makeOutDir(unit.id, attempt);
  for (const [at, { base, ours, theirs }] of texts.entries()) {
    await files.writeOutput(outDir, `${at}.base`, base);
    await files.writeOutput(outDir, `${at}.ours`, ours);
    await files.writeOutput(outDir, `${at}.theirs`, theirs);
  }
  const paths = texts.map(({ file }) => file.path);
  const asTool = { ...unit, files: paths, env: {}, timeoutMs: toolMs };
  await runAsUnit(run, { unit: asTool, cwd: worktree.path, outDir, signal }, { script });
  for (const [at, { file, ours, theirs }] of texts.entries()) {
    const text = await files.readOutput(outDir, `${at}.merged`);
    if (!text.ok || text.value === undefined || text.value === "") continue;
    const answer = { text: text.value, sides: [ours, theirs], markerSize: file.markerSize };
    if (leftMarker(answer) === undefined) merged.set(file.path, text.value);
  }
  return merged;
}

interface Texts {
  readonly file: OpenFile;
  readonly base: string;
  readonly ours: string;
  readonly theirs: string;
}

async function textsOf(run: RunContext, files: readonly OpenFile[]): Promise<readonly Texts[]> {
  const all: Texts[] = [];
  for (const file of files) {
    const [base, ours, theirs] = await Promise.all(
      [file.base, file.ours, file.theirs].map((version) => textAt(run, version)),
    );
    if (base !== undefined && ours !== undefined && theirs !== undefined)
      all.push({ file, base, ours, theirs });
  }
  return all;
}

async function textAt(
  run: RunContext,
  version: ConflictedFile["base"],
): Promise<string | undefined> {
  if (version?.mode.startsWith("100") !== true) return undefined;
  const text = await run.ports.workspace.textOf(version.blob);
  return text.ok ? text.value : undefined;
}
