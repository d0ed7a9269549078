import * as z from "zod";

import { defineTool, type Tool, toolError } from "../tool.ts";
import type { BackgroundCommands } from "./background-commands.ts";
import { lookText } from "./shell-text.ts";

const input = z.strictObject({ id: z.string().min(1) });

export function killBashTool(background: BackgroundCommands): Tool {
  return defineTool({
    name: "KillBash",
    description: "Ends a background command with everything it started, and gives its last output.",
    input,
    effect: "executes",
    prepare: ({ id }) => ({
      subjects: [],
      run: async () => {
        const look = await background.kill(id);
        return look.ok ? lookText(look.value) : toolError(look.error);
      },
    }),
  });
}
