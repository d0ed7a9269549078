import type { Diagnostic } from "../../model/diagnostic.ts";
import type { TaskFile } from "../../model/plan-file.ts";
import { checkGlob } from "./check-glob.ts";
import type { Path } from "./plan-path.ts";
import type { Source } from "./source.ts";

/** Prompts and write scopes of a task and its steps. */
export function checkAgents(source: Source, id: string, task: TaskFile): readonly Diagnostic[] {
  const agents: [Path, NonNullable<TaskFile["agent"]>][] = [];
  if (task.agent !== undefined) agents.push([["tasks", id, "agent"], task.agent]);
  for (const [index, step] of (task.steps ?? []).entries())
    if (step.agent !== undefined) agents.push([["tasks", id, "steps", index, "agent"], step.agent]);
  return agents.flatMap(([path, agent]) => {
    const prompts = [agent.prompt, agent["prompt-file"]].filter((text) => text !== undefined);
    const globs = typeof agent.scope.write === "string" ? [agent.scope.write] : agent.scope.write;
    return [
      ...(prompts.length === 1 || (prompts.length === 0 && !source.knows(path))
        ? []
        : [
            source.at(path, {
              code: "E-PROMPT",
              message:
                prompts.length === 0
                  ? "the agent has no prompt"
                  : "the agent has both prompt and prompt-file",
              expected: "one of prompt and prompt-file",
            }),
          ]),
      ...globs.flatMap((glob, index) =>
        checkScope(
          source,
          [...path, "scope", "write", ...(Array.isArray(agent.scope.write) ? [index] : [])],
          glob,
        ),
      ),
    ];
  });
}

const untouchable = ["package-lock.json", "pnpm-lock.yaml", "yarn.lock"];

function checkScope(source: Source, path: Path, glob: string): readonly Diagnostic[] {
  if (!untouchable.includes(glob)) return checkGlob(source, path, { glob, what: "a scope" });
  return [
    source.at(path, {
      code: "E-SCOPE-LOCK",
      message: `${glob} is written by its package manager, not by an agent`,
    }),
  ];
}
