import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { createSample } from "../../adapters/sample/create-sample.ts";
import type { Io } from "../io.ts";
import { runOptionsSchema } from "../options.ts";
import { paintFor } from "../paint.ts";
import { printFailure } from "../print-failure.ts";
import { runCommand } from "./run.ts";

export interface DemoOptions {
  readonly json: boolean;
}

/** Both changes touch most packages, and meet on neighbouring import lines. */
const goal = "Rename formatMoney to formatAmount and prefix built-in imports with node:";

/**
 * The main job on a throwaway copy of the sample workspace, by the same code as `skein run`. The folder is left behind,
 * so that the result can be looked at. Gives the run's exit code.
 */
export async function demoCommand(options: DemoOptions, io: Io): Promise<number> {
  const repo = join(await mkdtemp(join(tmpdir(), "skein-demo-")), "gander");
  const sample = await createSample(repo);
  if (!sample.ok) {
    printFailure(sample.error, io);
    return 1;
  }
  if (!options.json) io.stderr(introduction(repo, sample.value, io));
  const exitCode = await runCommand(
    runOptionsSchema.parse({ what: goal, repo, offline: true, yes: true, json: options.json }),
    io,
  );
  if (!options.json) io.stdout(nextSteps(repo, io));
  return exitCode;
}

function introduction(
  repo: string,
  { files, packages }: { readonly files: number; readonly packages: number },
  io: Io,
): string {
  const { strong, faint } = paintFor(io);
  return [
    `A throwaway workspace of ${packages} packages and ${files} files: ${strong(repo)}`,
    `The task: ${strong(goal)}`,
    faint(
      "The offline model works here: rules that answer as the Messages API does, not a language model.",
    ),
    "",
    "",
  ].join("\n");
}

/** What a person may try now; written as it can be typed where the demo was started. */
function nextSteps(repo: string, io: Io): string {
  const inPackage = io.env["npm_lifecycle_event"] !== undefined;
  const skein = inPackage ? "node bin/skein.js" : "skein";
  const steps: readonly (readonly [string, string])[] = [
    ["every unit", `${skein} status --repo ${repo}`],
    ["the change", `${skein} diff --stat --repo ${repo}`],
    ["take it", `${skein} apply --repo ${repo} && npm test --prefix ${repo}`],
    ...(inPackage
      ? [["conflicts", `${skein} run plans/two-refactors.yaml --offline --repo ${repo}`] as const]
      : []),
    ["your own", `${skein} run "Rename oldName to newName" --repo PATH`],
  ];
  return [
    "",
    "Try next:",
    ...steps.map(([what, command]) => `  ${what.padEnd(11)}${command}`),
    "",
  ].join("\n");
}
