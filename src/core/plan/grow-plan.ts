import { isMap, parseDocument } from "yaml";
import * as z from "zod";

import type { TaskId } from "../../model/ids.ts";
import type { Plan } from "../../model/plan.ts";
import { err, ok, type Result } from "../../model/result.ts";
import { isTooDeep, levelsMax } from "../is-too-deep.ts";
import { formatDiagnostics } from "./format-diagnostics.ts";
import { parsePlan } from "./parse-plan.ts";
import { readSource } from "./source.ts";
import type { ReadPrompt } from "./to-plan.ts";

export interface GrownPlan {
  readonly text: string;
  readonly plan: Plan;
  readonly added: readonly TaskId[];
}

const newTasksSchema = z.record(z.string(), z.unknown());

/**
 * Adds tasks that an agent or a command returned to a running plan, and checks the whole. Tasks that are there cannot
 * be changed. `tasks` is a map of id to task, or YAML text of one.
 */
export function growPlan(
  text: string,
  tasks: unknown,
  readPrompt: ReadPrompt,
): Result<GrownPlan, string> {
  const read = typeof tasks === "string" ? readTasks(tasks) : ok(tasks);
  if (!read.ok) return read;
  if (isTooDeep(read.value)) return err(`the new tasks are nested deeper than ${levelsMax} levels`);
  const added = newTasksSchema.safeParse(read.value);
  if (!added.success)
    return err("new tasks are a map of task id to task, as under tasks: in a plan");
  const document = parseDocument(text);
  const existing = document.get("tasks");
  if (!isMap(existing)) return err("the running plan has no tasks");
  const twice = Object.keys(added.data).filter((id) => existing.has(id));
  if (twice.length > 0)
    return err(`the plan has ${twice.join(", ")} already; a running plan can only get new tasks`);
  for (const [id, task] of Object.entries(added.data)) existing.set(id, document.createNode(task));
  const grown = document.toString();
  const parsed = parsePlan(grown, readPrompt);
  const problems = parsed.ok ? parsed.value.unsupported : parsed.error;
  if (!parsed.ok || problems.length > 0)
    return err(formatDiagnostics(problems, { file: "plan", text: grown }));
  return ok({ text: grown, plan: parsed.value.plan, added: Object.keys(added.data) as TaskId[] });
}

/** YAML that is broken adds nothing: half of what was meant is not what was meant. */
function readTasks(text: string): Result<unknown, string> {
  const { problems, source } = readSource(text);
  return problems.length > 0 || source === undefined
    ? err(formatDiagnostics(problems, { file: "tasks.yaml", text }))
    : ok(source.value);
}
