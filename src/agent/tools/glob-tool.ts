import { stat } from "node:fs/promises";

import { betaGlobTool } from "@anthropic-ai/sdk/tools/agent-toolset/node";
import * as z from "zod";

import { defineTool, type Grant, type Tool, toolError, toolOk } from "../tool.ts";
import { atPath, runSdkTool, withoutRoot } from "./at-path.ts";
import { capOutput } from "./cap-output.ts";
import { globProblem } from "./glob-problem.ts";
import type { FileReach } from "./path-refusal.ts";

const input = z.strictObject({ pattern: z.string().min(1), path: z.string().min(1).optional() });
/** The SDK's tool stops there without a word. */
const sdkPathsMax = 200;
const howToNarrow = "narrow the pattern or give a path";

export function globTool(reach: FileReach): Tool {
  const sdkTool = betaGlobTool({ workdir: reach.root });
  return defineTool({
    name: "Glob",
    description: `Lists files that match a glob such as src/**/*.ts, optionally below path; at most ${sdkPathsMax}. Leaves out node_modules.`,
    input,
    effect: "reads",
    prepare: (fields) => ({
      subjects: [{ kind: "path", path: fields.path ?? ".", access: "read" }],
      run: (grant, signal) =>
        atPath(reach, { named: fields.path ?? ".", access: "read" }, async ({ named, real }) => {
          const found = await stat(real).catch(() => undefined);
          if (found === undefined)
            return toolError(`${named} does not exist. Leave path out to search everywhere.`);
          if (!found.isDirectory()) {
            return toolError(`${named} is not a folder. Give a folder as path, or leave it out.`);
          }
          const { pattern } = fields;
          const problem = globProblem(pattern);
          if (problem !== undefined)
            return toolError(
              `The pattern ${pattern} ${problem}, and a folder of the worktree as path.`,
            );
          const text = await runSdkTool(sdkTool, { pattern, path: real }, signal);
          return toolOk(listed(withoutRoot(reach.root, text), grant));
        }),
    }),
  });
}

function listed(text: string, { hides = () => false }: Grant): string {
  const found = text.split("\n");
  const paths = found.filter((path) => !hides(path)).toSorted();
  if (paths.length === 0) return "no matches";
  const more =
    found.length < sdkPathsMax ? [] : [`[there may be more than ${sdkPathsMax}; ${howToNarrow}]`];
  return capOutput([...paths, ...more].join("\n"), howToNarrow);
}
