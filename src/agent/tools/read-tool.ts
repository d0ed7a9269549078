import { betaReadTool } from "@anthropic-ai/sdk/tools/agent-toolset/node";
import { z } from "zod";

import type { Tool } from "../tool.ts";
import { capOutput } from "./cap-output.ts";
import { binaryRefusal } from "./file-content.ts";
import { fileBytesMax, fileTool } from "./file-tool.ts";
import type { FileReach } from "./path-refusal.ts";

const input = z.strictObject({
  file_path: z.string().min(1),
  view_range: z.array(z.int()).length(2).optional(),
});

export function readTool(reach: FileReach): Tool {
  return fileTool(reach, {
    name: "Read",
    description:
      "Reads a text file. view_range [first, last] (lines, from 1; last -1 for the end) gives a part of a long one.",
    input,
    sdkTool: betaReadTool({ workdir: reach.root, maxFileBytes: fileBytesMax }),
    writes: false,
    pathOf: ({ file_path: path }) => path,
    refuse: binaryRefusal,
    shape: (text) => capOutput(text, "use view_range for another part"),
  });
}
