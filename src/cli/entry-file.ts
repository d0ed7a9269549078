import { fileURLToPath } from "node:url";

/** Our own launcher, from a bundle in `dist/src/cli` or from the source itself. */
export const entryFile = fileURLToPath(
  new URL(
    import.meta.url.endsWith(".ts") ? "../../bin/skein.js" : "../../../bin/skein.js",
    import.meta.url,
  ),
);

/** Of the daemon's own process: it does little, for months, and shall take little memory. */
export const smallProcess = ["--max-semi-space-size=1"] as const;
