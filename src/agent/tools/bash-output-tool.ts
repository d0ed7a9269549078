import * as z from "zod";

import { defineTool, type Tool, toolError } from "../tool.ts";
import type { BackgroundCommands } from "./background-commands.ts";
import { lookText } from "./shell-text.ts";

const input = z.strictObject({ id: z.string().min(1) });

export function bashOutputTool(background: BackgroundCommands): Tool {
  return defineTool({
    name: "BashOutput",
    description:
      "What a background command has written since you last looked, and whether it still runs.",
    input,
    effect: "reads",
    prepare: ({ id }) => ({
      subjects: [],
      run: async () => {
        const look = background.look(id);
        return look.ok ? lookText(look.value) : toolError(look.error);
      },
    }),
  });
}
