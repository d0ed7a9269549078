import { betaEditTool } from "@anthropic-ai/sdk/tools/agent-toolset/node";
import { z } from "zod";

import type { Tool } from "../tool.ts";
import { encodingRefusal } from "./file-content.ts";
import { fileBytesMax, fileTool } from "./file-tool.ts";
import type { FileReach } from "./path-refusal.ts";

const input = z.strictObject({
  file_path: z.string().min(1),
  old_string: z.string().min(1),
  new_string: z.string(),
  replace_all: z.boolean().optional(),
});

export function editTool(reach: FileReach): Tool {
  return fileTool(reach, {
    name: "Edit",
    description:
      "Replaces old_string by new_string in a file. old_string must occur exactly once, unless replace_all is true.",
    input,
    sdkTool: betaEditTool({ workdir: reach.root, maxFileBytes: fileBytesMax }),
    writes: true,
    pathOf: ({ file_path: path }) => path,
    refuse: encodingRefusal,
    shape: (text) => text,
  });
}
