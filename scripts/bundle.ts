/**
 * Bundles the command line, and the entries of threads and processes: what resolves hundreds of modules one by one pays
 * for it in CPU at every start (figures in docs/dependencies.md, esbuild). What an entry loads later, or not at all, is a
 * file of its own.
 */
import { globSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));

export function bundleWorkers(outdir: string): Promise<void> {
  return bundle(globSync("workers/*.{worker,process}.ts", { cwd: root }), outdir);
}

/** As deep as the sources lie: from there it finds the entries of threads. */
export function bundleCommandLine(outdir: string): Promise<void> {
  return bundle(["src/cli/main.ts"], `${outdir}/src/cli`);
}

async function bundle(entryPoints: string[], outdir: string): Promise<void> {
  await build({
    absWorkingDir: root,
    entryPoints,
    outdir,
    bundle: true,
    splitting: true,
    platform: "node",
    target: "node24",
    format: "esm",
    sourcemap: true,
    // Programs of the machine's own kind, which no file of ours can hold, and what starts threads from files of its own.
    external: ["@ast-grep/napi", "web-tree-sitter", "piscina"],
    // Its other build asks for its own parts in a way no bundler follows.
    alias: { "jsonc-parser": "jsonc-parser/lib/esm/main.js" },
    logLevel: "warning",
    // Bundled CommonJS code calls `require`, which an ES module does not have.
    banner: {
      js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
    },
  });
}

if (import.meta.main) await Promise.all([bundleWorkers("dist/workers"), bundleCommandLine("dist")]);
