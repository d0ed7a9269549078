import { mkdir, mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

import { build } from "rolldown";

import { bundleWorkers } from "../../scripts/bundle.ts";

const top = fileURLToPath(new URL("../..", import.meta.url));

/** The agent's thread entry as it ships, in a folder of its own. */
export async function bundledWorker(): Promise<URL> {
  const folder = await cacheFolder();
  await bundleWorkers(folder);
  return pathToFileURL(join(folder, "agent.worker.js"));
}

/** The same entry with our own code in one place, and every package loaded from node_modules, module by module. */
export async function unbundledWorker(): Promise<URL> {
  const folder = await cacheFolder();
  await build({
    cwd: top,
    input: "workers/agent.worker.ts",
    platform: "node",
    external: /^(?![./])/,
    logLevel: "warn",
    output: { dir: folder, format: "esm", entryFileNames: "[name].js" },
  });
  return pathToFileURL(join(folder, "agent.worker.js"));
}

/** Below node_modules, from where packages that stay outside are found. */
async function cacheFolder(): Promise<string> {
  const parent = join(top, "node_modules", ".cache");
  await mkdir(parent, { recursive: true });
  return mkdtemp(join(parent, "skein-bench-"));
}
