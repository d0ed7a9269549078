/**
 * Bundles the command line, and the entries of threads and processes: what resolves hundreds of modules one by one pays
 * for it in CPU at every start (figures in docs/dependencies.md, rolldown). What an entry loads later, or not at all, is a
 * file of its own.
 */
import { globSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "rolldown";

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
    cwd: root,
    // A file's name says which entry it is, wherever it lies.
    input: Object.fromEntries(entryPoints.map((entry) => [basename(entry, ".ts"), entry])),
    platform: "node",
    // Programs of the machine's own kind, which no file of ours can hold, and what starts threads from files of its own.
    external: ["@ast-grep/napi", "web-tree-sitter", "piscina"],
    // Its other build asks for its own parts in a way no bundler follows.
    resolve: { alias: { "jsonc-parser": "jsonc-parser/lib/esm/main.js" } },
    logLevel: "warn",
    output: {
      dir: outdir,
      format: "esm",
      sourcemap: true,
      entryFileNames: "[name].js",
      chunkFileNames: "[name]-[hash].js",
    },
  });
}

if (import.meta.main) await Promise.all([bundleWorkers("dist/workers"), bundleCommandLine("dist")]);
