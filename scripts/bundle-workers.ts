/**
 * Bundles each thread entry into one file: a cold thread that resolves the SDK's hundreds of modules one by one
 * pays for it in CPU every time (figures in docs/dependencies.md, esbuild).
 */
import { globSync } from "node:fs";

import { build } from "esbuild";

await build({
  entryPoints: globSync("workers/*.worker.ts"),
  outdir: "dist/workers",
  bundle: true,
  platform: "node",
  target: "node24",
  format: "esm",
  sourcemap: true,
  logLevel: "warning",
  // Bundled CommonJS code calls `require`, which an ES module does not have.
  banner: {
    js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
  },
});
