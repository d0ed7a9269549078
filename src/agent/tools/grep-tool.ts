import { stat } from "node:fs/promises";
import { relative } from "node:path";

import { betaGrepTool } from "@anthropic-ai/sdk/tools/agent-toolset/node";
import * as z from "zod";

import { defineTool, type Grant, type Tool, toolError, toolOk } from "../tool.ts";
import { atPath, runSdkTool, withoutRoot } from "./at-path.ts";
import { capOutput } from "./cap-output.ts";
import type { Search } from "./confined-search.ts";
import type { FileReach, NamedPath } from "./path-refusal.ts";

const input = z.strictObject({ pattern: z.string().min(1), path: z.string().min(1).optional() });
/** Minified files have lines of megabytes. */
const lineCharsMax = 500;
const timeoutMs = 60_000;

/** `confined`: how to search while a command of the agent's runs in the background; undefined while none does. */
export function grepTool(
  reach: FileReach,
  confined: () => Search | undefined = () => undefined,
): Tool {
  const sdkTool = betaGrepTool({ workdir: reach.root });
  const search: Search = ({ pattern, path }, signal) =>
    runSdkTool(sdkTool, { pattern, path }, signal);
  return defineTool({
    name: "Grep",
    description:
      "Searches file contents for a regular expression, optionally below path. Gives path:line:text. Leaves out what git ignores.",
    input,
    effect: "reads",
    prepare: ({ pattern, path: named = "." }) => ({
      subjects: [{ kind: "path", path: named, access: "read" }],
      run: (grant, signal) =>
        atPath(reach, { named, access: "read" }, async (path) => {
          const refusal = await specialRefusal(path);
          if (refusal !== undefined) return toolError(refusal);
          // The search itself has no limit of time.
          const ending = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
          try {
            const inside = relative(reach.root, path.real) || ".";
            const text = await (confined()?.({ pattern, path: inside }, ending) ??
              search({ pattern, path: path.real }, ending));
            return toolOk(shaped(withoutRoot(reach.root, text), grant));
          } catch (error) {
            const said = error instanceof Error ? error.message.trim() : String(error);
            return toolError(withoutRoot(reach.root, `${said}\n${nextFor(signal, ending)}`));
          }
        }),
    }),
  });
}

/** Searching a pipe would wait for somebody to write into it. */
async function specialRefusal({ named, real }: NamedPath): Promise<string | undefined> {
  const found = await stat(real).catch(() => undefined);
  if (found === undefined) return `${named} does not exist. Leave path out to search everywhere.`;
  return found.isFile() || found.isDirectory()
    ? undefined
    : `${named} is neither a file nor a folder. Search the folder it is in.`;
}

function nextFor(signal: AbortSignal, ending: AbortSignal): string {
  if (signal.aborted) return "The agent was stopped.";
  return ending.aborted
    ? `The search took longer than ${timeoutMs / 1_000} s. Give a path to search below.`
    : "Mend the pattern: special characters are taken literally after a backslash.";
}

/** What the search says when it stopped early, in a line of its own. */
const stoppedEarly =
  /^\[(?:output truncated|the search was cut short)|^… \d+ bytes of output cut here …$/;
const howToNarrow = "narrow the pattern or give a path to search below";

/** In the order of paths and lines: the search's own order changes from run to run. */
function shaped(text: string, { hides }: Grant): string {
  const all = text.split("\n").filter((line) => line !== "");
  const lines = hides === undefined ? all : all.filter((line) => !pathsOf(line).some(hides));
  if (lines.length === 0) return "no matches";
  const found = lines
    .filter((line) => !stoppedEarly.test(line))
    .map((line) => (line.length > lineCharsMax ? `${line.slice(0, lineCharsMax)}…` : line))
    .toSorted(byPathAndLine);
  const notice = found.length < lines.length ? [`[there is more to find; ${howToNarrow}]`] : [];
  return capOutput([...found, ...notice].join("\n"), howToNarrow);
}

/** Every path that may stand before a line's number: a file's name may look like a number between colons itself. */
function pathsOf(line: string): readonly string[] {
  return [...line.matchAll(/:\d+:/g)].map(({ index }) => line.slice(0, index));
}

function byPathAndLine(a: string, b: string): number {
  const [pathA = "", lineA = ""] = a.split(":", 2);
  const [pathB = "", lineB = ""] = b.split(":", 2);
  if (pathA !== pathB) return pathA < pathB ? -1 : 1;
  return Number(lineA) - Number(lineB) || 0;
}
