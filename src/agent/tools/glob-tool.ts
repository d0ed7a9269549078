import { betaGlobTool } from "@anthropic-ai/sdk/tools/agent-toolset/node";
import { z } from "zod";

import type { Tool } from "../tool.ts";
import { capOutput } from "./cap-output.ts";
import { fileTool, withoutRoot } from "./file-tool.ts";
import type { FileReach } from "./path-refusal.ts";

const input = z.strictObject({ pattern: z.string().min(1), path: z.string().min(1).optional() });
/** The SDK's tool stops there without a word. */
const sdkPathsMax = 200;
const howToNarrow = "narrow the pattern or give a path";

export function globTool(reach: FileReach): Tool {
  return fileTool(reach, {
    name: "Glob",
    description: `Lists files that match a glob such as src/**/*.ts, optionally below path; at most ${sdkPathsMax}. Leaves out node_modules.`,
    input,
    sdkTool: betaGlobTool({ workdir: reach.root }),
    writes: false,
    pathOf: ({ path }) => path ?? ".",
    shape: (text) => {
      const paths = withoutRoot(reach.root, text).split("\n").toSorted();
      const more =
        paths.length < sdkPathsMax
          ? []
          : [`[there may be more than ${sdkPathsMax}; ${howToNarrow}]`];
      return capOutput([...paths, ...more].join("\n"), howToNarrow);
    },
  });
}
