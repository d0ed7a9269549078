import type { Diagnostic } from "../../model/diagnostic.ts";
import type { PlanFile } from "../../model/plan-file.ts";
import { shownPath, type Path } from "./plan-path.ts";
import type { Source } from "./source.ts";

/** Keys that are valid and that this version does not execute: an error when the plan is to run, never silence. */
export function unsupported(source: Source, file: PlanFile): readonly Diagnostic[] {
  const paths: Path[] = [];
  /** What to write instead, where there is something. */
  const instead = new Map<Path, string>();
  if (typeof file.concurrency === "object" && file.concurrency.group !== undefined)
    paths.push(["concurrency", "group"]);
  for (const [id, task] of Object.entries(file.tasks)) {
    for (const [index, step] of [task, ...(task.steps ?? [])].entries()) {
      const at: Path =
        index === 0 ? ["tasks", id, "agent"] : ["tasks", id, "steps", index - 1, "agent"];
      // A step stands on those before it: several would each need them done again.
      if (index > 0 && (step.agent?.candidates ?? 1) > 1) {
        const path = [...at, "candidates"];
        paths.push(path);
        instead.set(path, ofItsOwn(id));
      }
      if (step.agent?.scope.read !== undefined) paths.push([...at, "scope", "read"]);
    }
    for (const key of ["base", "isolate", "deps"] as const) {
      if (task.workspace?.[key] !== undefined) paths.push(["tasks", id, "workspace", key]);
    }
    const alone = task.workspace?.setup !== undefined && task.workspace.repo === undefined;
    if (alone) paths.push(["tasks", id, "workspace", "setup"]);
  }
  return paths.map((path) =>
    source.at(
      path,
      {
        code: "E-NOT-SUPPORTED",
        message: `${shownPath(path)} is valid, but not yet supported: this version cannot execute it`,
        expected: instead.get(path) ?? "a plan without it",
      },
      "key",
    ),
  );
}

/** Several agents in place of a step: as much is done, once before them and once after the best of them. */
function ofItsOwn(id: string): string {
  return `a task of its own for this agent, with needs: [a task for the steps before it]; its candidates begin where that ended. What comes after it in ${id} goes into its verify, or into a task that needs it`;
}
