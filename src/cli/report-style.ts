import { realpathSync } from "node:fs";
import { relative, sep } from "node:path";

import type { ReportStyle } from "../core/report/render-report.ts";
import type { Io } from "./io.ts";
import { paintFor } from "./paint.ts";

/** How a report of a run of that repository (an absolute path) is drawn for the person who reads it. */
export function styleFor(io: Io, repo: string): ReportStyle {
  const elsewhere = repoElsewhere(repo);
  return {
    paint: paintFor(io),
    columns: io.columns,
    ...(elsewhere === undefined ? {} : { repo: elsewhere }),
  };
}

/** How to name the repository in a command that is to be typed; undefined for a person who stands in it. */
function repoElsewhere(repo: string): string | undefined {
  const here = realpathSync(process.cwd());
  if (here === repo || here.startsWith(`${repo}${sep}`)) return undefined;
  const way = relative(here, repo);
  return way.length < repo.length ? way : repo;
}
