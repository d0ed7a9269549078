import { stat } from "node:fs/promises";

import { betaWriteTool } from "@anthropic-ai/sdk/tools/agent-toolset/node";
import { z } from "zod";

import type { Tool } from "../tool.ts";
import { fileTool } from "./file-tool.ts";
import type { FileReach, NamedPath } from "./path-refusal.ts";

const input = z.strictObject({ file_path: z.string().min(1), content: z.string() });

export function writeTool(reach: FileReach): Tool {
  return fileTool(reach, {
    name: "Write",
    description:
      "Writes a whole text file, making its folders. Prefer Edit for changes to a file that exists.",
    input,
    sdkTool: betaWriteTool({ workdir: reach.root }),
    writes: true,
    pathOf: ({ file_path: path }) => path,
    refuse: specialRefusal,
    shape: (text) => text,
  });
}

/** A file takes the place of whatever has its name, which must not be a pipe or a device that others use. */
async function specialRefusal({ named, real }: NamedPath): Promise<string | undefined> {
  const found = await stat(real).catch(() => undefined);
  return found === undefined || found.isFile() ? undefined : `${named} is not a regular file.`;
}
