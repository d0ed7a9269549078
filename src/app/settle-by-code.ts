import { attributeFolders, attributesOf, type FileAttributes } from "../core/reduce/attributes.ts";
import { classifyConflict } from "../core/reduce/classify-conflict.ts";
import { makingOf } from "../core/reduce/making-of.ts";
import { type SettledFile, settleFile } from "../core/reduce/settle-file.ts";
import type { FileConflict } from "../model/conflict.ts";
import type { CommitId, TreeId } from "../model/ids.ts";
import type { GeneratedFiles } from "../model/plan.ts";
import { ok, type Result } from "../model/result.ts";
import type { ConflictedFile, FileContent, MergeOutcome } from "../ports/workspace.ts";
import type { MergeContext } from "./run-context.ts";

/** A file that is not settled yet. */
export interface OpenFile extends ConflictedFile {
  readonly markerSize: number;
}

/** A merge with conflicts after code has done what it is sure of. */
export interface Classified {
  /** Every file, with who settles it. */
  readonly conflicts: readonly FileConflict[];
  readonly open: readonly OpenFile[];
  /** Holds what is settled; in files that a tool makes anew, our side; in the other open ones what git made of them. */
  readonly tree: TreeId;
}

/** Says of each file what kind of a conflict it is, and settles those that code can settle. */
export async function settleByCode(
  run: MergeContext,
  merge: { readonly ours: CommitId; readonly generated: readonly GeneratedFiles[] } & Pick<
    Extract<MergeOutcome, { kind: "conflict" }>,
    "files" | "tree"
  >,
): Promise<Result<Classified>> {
  const conflicts: FileConflict[] = [];
  const open: OpenFile[] = [];
  const contents = new Map<string, FileContent>();
  for (const file of merge.files) {
    const { path } = file;
    const attributes = await readAttributes(run, merge.ours, path);
    if (!attributes.ok) return attributes;
    const making = makingOf(path, merge.generated);
    const known = classifyConflict(factsOf(file), attributes.value, making);
    const settled =
      known.by === "agent" ? await settledText(run, file) : ok<SettledFile | undefined>(undefined);
    if (!settled.ok) return settled;
    if (settled.value !== undefined) {
      contents.set(path, { text: settled.value.text });
      conflicts.push({ file: path, kind: settled.value.kind, by: "code" });
      continue;
    }
    if (known.by === "tool") contents.set(path, { from: merge.ours });
    conflicts.push({ file: path, ...known });
    open.push({ ...file, markerSize: attributes.value.markerSize });
  }
  if (contents.size === 0) return ok({ conflicts, open, tree: merge.tree });
  const tree = await run.ports.workspace.replaceFiles(merge.tree, contents);
  return tree.ok ? ok({ conflicts, open, tree: tree.value }) : tree;
}

function factsOf({
  path,
  said,
  base,
  ours,
  theirs,
}: ConflictedFile): Parameters<typeof classifyConflict>[0] {
  return {
    path,
    said,
    ...(base === undefined ? {} : { base: base.mode }),
    ...(ours === undefined ? {} : { ours: ours.mode }),
    ...(theirs === undefined ? {} : { theirs: theirs.mode }),
  };
}

async function readAttributes(
  run: MergeContext,
  commit: CommitId,
  path: string,
): Promise<Result<FileAttributes>> {
  const files = new Map<string, string>();
  const found = await Promise.all(
    attributeFolders(path).map(async (folder) => {
      const name = folder === "." ? ".gitattributes" : `${folder}/.gitattributes`;
      return [folder, await run.ports.workspace.textOf(`${commit}:${name}`)] as const;
    }),
  );
  for (const [folder, text] of found) {
    if (!text.ok) return text;
    if (text.value !== undefined) files.set(folder, text.value);
  }
  return ok(attributesOf(path, files));
}

async function settledText(
  run: MergeContext,
  { path, base, ours, theirs }: ConflictedFile,
): Promise<Result<SettledFile | undefined>> {
  if (ours === undefined || theirs === undefined) return ok(undefined);
  const found = await Promise.all(
    [base, ours, theirs].map((version) =>
      version === undefined ? Promise.resolve(ok("")) : run.ports.workspace.textOf(version.blob),
    ),
  );
  const texts: string[] = [];
  for (const text of found) {
    if (!text.ok) return text;
    if (text.value === undefined) return ok(undefined);
    texts.push(text.value);
  }
  const [before = "", left = "", right = ""] = texts;
  const settled = settleFile({ path, base: before, ours: left, theirs: right });
  if (settled === undefined || (await isBroken(path, settled.text, [left, right])))
    return ok(undefined);
  return ok(settled);
}

/** Two sides that parse make a merge that parses, or code has not understood them. */
async function isBroken(path: string, merged: string, sides: readonly string[]): Promise<boolean> {
  // Only with the first conflict in code: loading the parser takes longer than most merges.
  const { isCode, parseSource } = await import("../core/codemod/source.ts");
  if (!isCode(path)) return false;
  const hasErrors = (text: string): boolean => parseSource({ path, text }).hasErrors;
  return hasErrors(merged) && !sides.some((side) => hasErrors(side));
}
