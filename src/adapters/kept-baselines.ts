import { mkdir } from "node:fs/promises";
import { join } from "node:path";

import * as z from "zod";

import { unitSlug } from "../core/plan/unit-slug.ts";
import type { Clean } from "../core/secrets/redact-value.ts";
import type { UnitId } from "../model/ids.ts";
import type { RunFiles } from "../ports/run-files.ts";
import { readKeptJson, writeKeptJson } from "./kept-json.ts";

const bytesMax = 32 * 1024 * 1024;
const count = z.int().min(0);
const schema = z.strictObject({
  of: z.string(),
  report: z
    .strictObject({
      tests: z.array(z.tuple([z.string(), z.enum(["passed", "failed", "skipped"])])),
      passed: count,
      failed: count,
      skipped: count,
    })
    .optional(),
});

/** What is kept of a run's untouched base, in its folder, a file for each command; each is read once. */
export function keptBaselines(
  runFolder: string,
  clean: Clean,
): Pick<RunFiles, "keptBaseline" | "keepBaseline"> {
  const folder = join(runFolder, "baselines");
  const fileOf = (name: string): string => join(folder, `${unitSlug(name as UnitId)}.json`);
  const read = new Map<string, ReturnType<RunFiles["keptBaseline"]>>();
  return {
    keptBaseline: (name) => {
      const known = read.get(name) ?? readKeptJson(fileOf(name), { schema, bytesMax });
      read.set(name, known);
      return known;
    },
    keepBaseline: async (name, kept) => {
      const text = JSON.stringify(kept);
      // With other names of tests it would be another report.
      if (clean(text) !== text) return;
      await mkdir(folder, { recursive: true });
      await writeKeptJson(fileOf(name), { value: kept, by: "new" });
    },
  };
}
