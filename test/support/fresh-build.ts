import { globSync, statSync } from "node:fs";

import { bundleCommandLine, bundleWorkers } from "../../scripts/bundle.ts";

/** Tests run what is shipped, as people do: it is built first when a source is younger. */
export async function setup(): Promise<void> {
  const sources = globSync(["src/**/*.ts", "workers/*.ts", "scripts/bundle.ts", "package.json"]);
  const built = timeOf("dist/src/cli/main.js");
  if (sources.every((file) => timeOf(file) <= built)) return;
  await Promise.all([bundleWorkers("dist/workers"), bundleCommandLine("dist")]);
}

/** Milliseconds; of a file that is not there, before all others. */
function timeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
