import picomatch from "picomatch";

import type { Diagnostic } from "../../model/diagnostic.ts";
import type { TaskFile } from "../../model/plan-file.ts";
import { pathProblem } from "./path-problem.ts";
import type { Path, Source } from "./source.ts";

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
      ...(prompts.length === 1
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
        checkGlob(
          source,
          [...path, "scope", "write", ...(Array.isArray(agent.scope.write) ? [index] : [])],
          glob,
        ),
      ),
    ];
  });
}

const untouchable = ["package-lock.json", "pnpm-lock.yaml", "yarn.lock"];

function checkGlob(source: Source, path: Path, glob: string): readonly Diagnostic[] {
  const problem = pathProblem(glob);
  if (problem !== undefined)
    return [
      source.at(path, {
        code: "E-PATH",
        message: `${JSON.stringify(glob)} ${problem}`,
        expected: "a path inside the repository",
      }),
    ];
  if (glob.includes("${{")) return [];
  if (glob.split("/")[0] === ".git")
    return [source.at(path, { code: "E-SCOPE-GIT", message: "a scope cannot hold .git" })];
  if (untouchable.includes(glob))
    return [
      source.at(path, {
        code: "E-SCOPE-LOCK",
        message: `${glob} is written by its package manager, not by an agent`,
      }),
    ];
  try {
    picomatch.makeRe(glob, { strictBrackets: true });
    return [];
  } catch (error) {
    return [
      source.at(path, {
        code: "E-GLOB",
        message: `${JSON.stringify(glob)} is not a glob: ${(error as Error).message}`,
      }),
    ];
  }
}
