import { stat } from "node:fs/promises";

import { betaGrepTool } from "@anthropic-ai/sdk/tools/agent-toolset/node";
import { z } from "zod";

import type { Tool } from "../tool.ts";
import { capOutput } from "./cap-output.ts";
import { fileTool, withoutRoot } from "./file-tool.ts";
import type { FileReach, NamedPath } from "./path-refusal.ts";

const input = z.strictObject({ pattern: z.string().min(1), path: z.string().min(1).optional() });
/** Minified files have lines of megabytes. */
const lineCharsMax = 500;
const timeoutMs = 60_000;

export function grepTool(reach: FileReach): Tool {
  const grep = fileTool(reach, {
    name: "Grep",
    description:
      "Searches file contents for a regular expression, optionally below path. Gives path:line:text. Leaves out what git ignores.",
    input,
    sdkTool: betaGrepTool({ workdir: reach.root }),
    writes: false,
    pathOf: ({ path }) => path ?? ".",
    refuse: specialRefusal,
    shape: (text) => shaped(withoutRoot(reach.root, text)),
  });
  return {
    ...grep,
    // The search itself has no limit of time.
    call: (fields, signal) =>
      grep.call(fields, AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)])),
  };
}

/** Searching a pipe would wait for somebody to write into it. */
async function specialRefusal({ named, real }: NamedPath): Promise<string | undefined> {
  const found = await stat(real).catch(() => undefined);
  if (found === undefined) return `${named} does not exist.`;
  return found.isFile() || found.isDirectory()
    ? undefined
    : `${named} is neither a file nor a folder.`;
}

/** What the search says when it stopped early, in a line of its own. */
const stoppedEarly = /^\[(?:output truncated|the search was cut short)/;
const howToNarrow = "narrow the pattern or give a path to search below";

/** In the order of paths and lines: the search's own order changes from run to run. */
function shaped(text: string): string {
  const lines = text.split("\n").filter((line) => line !== "");
  const found = lines
    .filter((line) => !stoppedEarly.test(line))
    .map((line) => (line.length > lineCharsMax ? `${line.slice(0, lineCharsMax)}…` : line))
    .toSorted(byPathAndLine);
  const notice = found.length < lines.length ? [`[there is more to find; ${howToNarrow}]`] : [];
  return capOutput([...found, ...notice].join("\n"), howToNarrow);
}

function byPathAndLine(a: string, b: string): number {
  const [pathA = "", lineA = ""] = a.split(":", 2);
  const [pathB = "", lineB = ""] = b.split(":", 2);
  if (pathA !== pathB) return pathA < pathB ? -1 : 1;
  return Number(lineA) - Number(lineB) || 0;
}
