import * as z from "zod";

import { defineTool, type Tool, toolOk } from "../tool.ts";

const todo = z.strictObject({
  content: z.string().min(1).max(300),
  status: z.enum(["pending", "in_progress", "completed"]),
});
const input = z.strictObject({ todos: z.array(todo).max(50) });
const marks = { pending: "[ ]", in_progress: "[>]", completed: "[x]" } as const;

/** The agent's own plan. It lives in the conversation; a person sees where it stands in the unit's line. */
export function todoWriteTool(tell: (line: string) => void): Tool {
  return defineTool({
    name: "TodoWrite",
    description:
      "Keeps your own plan for a task of several steps: the whole list each time, with what is pending, in_progress and completed.",
    input,
    effect: "writes",
    prepare: ({ todos }) => ({
      subjects: [],
      lane: () => Promise.resolve("the agent's plan"),
      run: async () => {
        const done = todos.filter(({ status }) => status === "completed").length;
        const now = todos.find(({ status }) => status === "in_progress")?.content;
        tell(`${done} of ${todos.length} steps done${now === undefined ? "" : `; now: ${now}`}`);
        const lines = todos.map(({ content, status }) => `${marks[status]} ${content}`);
        return toolOk(["The plan is kept:", ...lines].join("\n"));
      },
    }),
  });
}
