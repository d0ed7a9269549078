import { fileURLToPath } from "node:url";

/** Our own launcher, from a bundle in `dist/src/cli` or from the source itself. */
export const entryFile = fileURLToPath(
  new URL(
    import.meta.url.endsWith(".ts") ? "../../bin/skein.js" : "../../../bin/skein.js",
    import.meta.url,
  ),
);

/**
 * Of the daemon's own process: it does little, for months, and shall take little memory. Without a compiler 8 MB of its
 * program are never touched; what a look or a job left behind is collected when it asks, not when room runs out.
 */
export const smallProcess = ["--max-semi-space-size=1", "--jitless", "--expose-gc"] as const;
