/**
 * Bundles each thread entry: a cold thread that resolves the SDK's hundreds of modules one by one pays for it in CPU
 * every time (figures in docs/dependencies.md, esbuild). What an entry loads later, or not at all, is a file of its own.
 */
import { globSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

export async function bundleWorkers(outdir: string): Promise<void> {
  const root = fileURLToPath(new URL("..", import.meta.url));
  await build({
    absWorkingDir: root,
    entryPoints: globSync("workers/*.{worker,process}.ts", { cwd: root }),
    outdir,
    bundle: true,
    splitting: true,
    platform: "node",
    target: "node24",
    format: "esm",
    sourcemap: true,
    // A program of the machine's own kind, which cannot be put into a file of ours; loaded when a codemod is asked for.
    external: ["@ast-grep/napi", "web-tree-sitter"],
    logLevel: "warning",
    // Bundled CommonJS code calls `require`, which an ES module does not have.
    banner: {
      js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
    },
  });
}

if (import.meta.main) await bundleWorkers("dist/workers");
