import { mkdir, mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

import { build } from "esbuild";

const top = fileURLToPath(new URL("../..", import.meta.url));

/**
 * The agent's thread entry as scripts/bundle-workers.ts makes it; with `packages: "external"` our own code alone is in
 * the file. It lies below node_modules, from where packages that stay outside are found.
 */
export async function bundledWorker(packages: "bundle" | "external" = "bundle"): Promise<URL> {
  const parent = join(top, "node_modules", ".cache");
  await mkdir(parent, { recursive: true });
  const outfile = join(await mkdtemp(join(parent, "skein-bench-")), "agent.worker.mjs");
  await build({
    entryPoints: [join(top, "workers", "agent.worker.ts")],
    outfile,
    bundle: true,
    packages,
    platform: "node",
    target: "node24",
    format: "esm",
    logLevel: "error",
    banner: {
      js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
    },
  });
  return pathToFileURL(outfile);
}
