import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

import * as z from "zod";

import { findTop } from "../adapters/find-top.ts";
import { readKeptJson } from "../adapters/kept-json.ts";
import { detectSetup } from "../core/repos/detect-setup.ts";
import type { Plan } from "../model/plan.ts";
import type { Io } from "./io.ts";

/** Of a package.json, in bytes; a larger one is none that a person wrote. */
const bytesMax = 1024 * 1024;
const schema = z.object({
  dependencies: z.record(z.string(), z.unknown()).optional(),
  devDependencies: z.record(z.string(), z.unknown()).optional(),
});

/** Of other languages. */
const otherLocks = /^(?:uv\.lock|requirements\.txt|go\.sum|Cargo\.lock)$/;

/** Says that checks will not find what the repository needs: worktrees get what is installed in the checkout, and nothing is. */
export async function noteNoDependencies(
  repo: string,
  plan: Plan | undefined,
  { stderr }: Io,
): Promise<void> {
  if (plan !== undefined && !needsThem(plan)) return;
  const top = findTop(repo);
  if (existsSync(join(top, "node_modules")) || existsSync(join(top, ".pnp.cjs"))) return;
  const manifest = await readKeptJson(join(top, "package.json"), { schema, bytesMax });
  if (Object.keys({ ...manifest?.dependencies, ...manifest?.devDependencies }).length === 0) return;
  const files = readdirSync(top).filter((name) => !otherLocks.test(name));
  const [install] = (detectSetup(files) ?? "npm install").split(" --");
  stderr(
    `skein: package.json names dependencies and none are installed in ${top}; checks that need them will fail: ${install} there first, or give a plan a workspace.setup\n`,
  );
}

function needsThem({ workspace, tasks }: Plan): boolean {
  const { setup, deps } = workspace;
  return setup === undefined && deps !== "none" && tasks.some(({ verify }) => verify.length > 0);
}
