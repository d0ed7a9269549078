import picomatch from "picomatch";
import * as z from "zod";

import {
  defineTool,
  type Grant,
  type PermissionSubject,
  type Tool,
  toolError,
  toolOk,
  type ToolOutcome,
} from "../tool.ts";
import type { CodemodPlan, PlannedFile } from "./codemod-run.ts";
import { codemodSummary } from "./codemod-summary.ts";
import { hashOf, readTextFile } from "./file-content.ts";
import { type FileReach, locate, writeRefusal } from "./path-refusal.ts";
import type { SeenFiles } from "./seen-files.ts";
import { writeWhole } from "./write-whole.ts";

const input = z
  .strictObject({
    pattern: z.string().min(1).max(5_000).optional(),
    rewrite: z.string().max(5_000).optional(),
    files: z.array(z.string().min(1)).min(1).max(50).optional(),
    apply: z.string().min(1).optional(),
  })
  .check(({ value, issues }) => {
    const { pattern, rewrite, files, apply } = value;
    const asked = [pattern, rewrite, files];
    const dry = apply === undefined && asked.every((field) => field !== undefined);
    const real = apply !== undefined && asked.every((field) => field === undefined);
    if (dry || real) return;
    issues.push({
      code: "custom",
      input: value,
      message:
        "expected pattern, rewrite and files for a dry run, or apply alone with the id that a dry run gave",
    });
  });

/** Dry runs that can still be applied. */
const plansMax = 5;

export function codemodTool(reach: FileReach, seen: SeenFiles): Tool {
  const plans = new Map<string, CodemodPlan>();
  let count = 0;

  async function dryRun(
    fields: z.output<typeof input>,
    { hides = () => false }: Grant,
    signal: AbortSignal,
  ): Promise<ToolOutcome> {
    const { pattern = "", rewrite = "", files = [] } = fields;
    // Brings a parser for each language along, which few agents need.
    const { planCodemod } = await import("./codemod-run.ts");
    const asked = { rewrite: { pattern, replacement: rewrite }, files, hides };
    const plan = await planCodemod(reach, asked, signal);
    if (!plan.ok) return toolError(`Nothing was changed: ${plan.error}.`);
    const id = `codemod-${(count += 1)}`;
    plans.set(id, plan.value);
    for (const oldest of [...plans.keys()].slice(0, -plansMax)) plans.delete(oldest);
    return toolOk(codemodSummary(id, plan.value));
  }

  async function apply(id: string): Promise<ToolOutcome> {
    const plan = plans.get(id);
    if (plan === undefined) {
      return toolError(
        `There is no dry run ${id}${plans.size === 0 ? "" : ` (there are ${[...plans.keys()].join(", ")})`}. Make one first: pattern, rewrite and files.`,
      );
    }
    const problems = (await Promise.all(plan.files.map((file) => problemOf(reach, file)))).filter(
      (problem) => problem !== undefined,
    );
    plans.delete(id);
    if (problems.length > 0) {
      return toolError(
        `Nothing was changed. ${problems.slice(0, 5).join(" ")} Make a new dry run and apply that.`,
      );
    }
    return writeAll(seen, plan.files);
  }

  return defineTool({
    name: "Codemod",
    description:
      "Rewrites code by structure in many JavaScript and TypeScript files at once. pattern and rewrite are code with $NAME for one node and $$$NAME for any number, such as foo($A) and bar($A). files are globs. This is a dry run: it shows what would change and gives an id; a second call with apply set to that id changes the files.",
    input,
    effect: "writes",
    prepare: (fields) => ({
      subjects:
        fields.apply === undefined
          ? (fields.files ?? []).map(readOf)
          : (plans.get(fields.apply)?.files ?? []).map(writeOf),
      run: (grant, signal) =>
        fields.apply === undefined ? dryRun(fields, grant, signal) : apply(fields.apply),
    }),
  });
}

function readOf(pattern: string): PermissionSubject {
  return { kind: "path", path: picomatch.scan(pattern).base || ".", access: "read" };
}

function writeOf({ path }: PlannedFile): PermissionSubject {
  return { kind: "path", path: path.named, access: "write" };
}

/** Why a file is not to be changed any more: it leads elsewhere, or is no longer what the dry run showed. */
async function problemOf(
  reach: FileReach,
  { path, hash }: PlannedFile,
): Promise<string | undefined> {
  const now = await locate(reach, path.named);
  if (!now.ok) return now.error;
  const refusal = writeRefusal(reach, now.value);
  if (refusal !== undefined) return refusal;
  const file = await readTextFile(now.value, "");
  if (!file.ok) return file.error.told;
  return file.value.hash === hash && now.value.real === path.real
    ? undefined
    : `${path.named} has changed since the dry run.`;
}

/** All files or none: when one cannot be written, those before it get their old text back. */
async function writeAll(seen: SeenFiles, files: readonly PlannedFile[]): Promise<ToolOutcome> {
  const written: PlannedFile[] = [];
  for (const file of files) {
    try {
      await writeWhole(file.path, file.after);
      written.push(file);
    } catch {
      for (const { path, before } of written) {
        await writeWhole(path, before);
      }
      return toolError(
        `${file.path.named} could not be written, so nothing was changed. Leave it out of files, or say so in openIssues.`,
      );
    }
  }
  for (const { path, before, hash, after } of files) {
    // Who knew the file before knows it still: the dry run has shown what becomes of it.
    if (seen.refusal(path, { text: before, hash }) === undefined) seen.note(path, hashOf(after));
  }
  const places = files.reduce((sum, file) => sum + file.places.length, 0);
  return toolOk(`changed ${places} place(s) in ${files.length} file(s)`);
}
