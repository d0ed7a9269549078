import type { Diagnostic } from "../../model/diagnostic.ts";
import { actionKeys, type PlanFile, type TaskFile } from "../../model/plan-file.ts";
import type { Path } from "./plan-path.ts";
import type { Source } from "./source.ts";
import { suggest } from "./suggest.ts";

const idPattern = /^[a-z][a-z0-9_-]{0,49}$/i;
/** Names the engine uses itself. */
const reserved: ReadonlySet<string> = new Set(["all", "self", "coordinator", "result"]);
const envPattern = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Task ids, actions, needs, cycles, environment names: what one task says of itself and of others. */
export function checkNames(source: Source, file: PlanFile): readonly Diagnostic[] {
  const ids = Object.keys(file.tasks);
  if (ids.length === 0 && !source.knows(["tasks"])) return [];
  if (ids.length === 0)
    return [source.at(["tasks"], { code: "E-TASKS-NONE", message: "the plan has no task" })];
  return [
    ...ids.flatMap((id) => checkId(source, id)),
    ...Object.entries(file.tasks).flatMap(([id, task]) => [
      ...checkAction(source, id, task),
      ...checkNeeds(source, { id, needs: needsOf(task), ids }),
      ...checkEnv(source, ["tasks", id, "env"], task.env),
      ...(task.steps ?? []).flatMap((step, index) =>
        checkEnv(source, ["tasks", id, "steps", index, "env"], step.env),
      ),
    ]),
    ...checkCycles(source, file),
  ];
}

export function needsOf(task: TaskFile): readonly string[] {
  return typeof task.needs === "string" ? [task.needs] : (task.needs ?? []);
}

function checkId(source: Source, id: string): readonly Diagnostic[] {
  if (reserved.has(id))
    return [
      source.at(
        ["tasks", id],
        { code: "E-TASK-ID", message: `"${id}" is a reserved name`, expected: "another name" },
        "key",
      ),
    ];
  if (idPattern.test(id)) return [];
  return [
    source.at(
      ["tasks", id],
      {
        code: "E-TASK-ID",
        message: `"${id}" is not a task id`,
        expected: "a letter, then letters, digits, - or _, at most 50",
      },
      "key",
    ),
  ];
}

/** Beside another action, `publish` says where the work goes; alone it is the action. */
export function isPublishTask(task: TaskFile): boolean {
  return task.publish !== undefined && actionsOf(task)[0] === "publish";
}

function actionsOf(task: TaskFile): readonly (typeof actionKeys)[number][] {
  const all = actionKeys.filter((key) => task[key] !== undefined);
  return all.length > 1 ? all.filter((key) => key !== "publish") : all;
}

function checkAction(source: Source, id: string, task: TaskFile): readonly Diagnostic[] {
  const actions = actionsOf(task);
  const expected = `exactly one of ${actionKeys.join(", ")}`;
  if (actions.length === 0 && !source.knows(["tasks", id])) return [];
  if (actions.length === 0)
    return [
      source.at(
        ["tasks", id],
        { code: "E-ACTION-NONE", message: `task ${id} has no action`, expected },
        "key",
      ),
    ];
  if (actions.length === 1) return [];
  return [
    source.at(
      ["tasks", id, actions[1] ?? ""],
      {
        code: "E-ACTION-MANY",
        message: `task ${id} has ${actions.length} actions: ${actions.join(", ")}`,
        expected,
      },
      "key",
    ),
  ];
}

function checkNeeds(
  source: Source,
  of: { readonly id: string; readonly needs: readonly string[]; readonly ids: readonly string[] },
): readonly Diagnostic[] {
  const { id, needs, ids } = of;
  return needs.flatMap((need, index) => {
    const path: Path = ["tasks", id, "needs", index];
    if (need === id)
      return [source.at(path, { code: "E-NEED-SELF", message: `task ${id} needs itself` })];
    if (needs.indexOf(need) < index)
      return [source.at(path, { code: "E-NEED-TWICE", message: `"${need}" is in needs twice` })];
    if (ids.includes(need) || !source.knows(["tasks", need])) return [];
    const meant = suggest(need, ids);
    return [
      source.at(path, {
        code: "E-NEED-UNKNOWN",
        message: `there is no task "${need}"`,
        expected: "the id of a task of this plan",
        ...(meant === undefined ? {} : { suggestion: meant }),
      }),
    ];
  });
}

function checkEnv(source: Source, path: Path, env: TaskFile["env"]): readonly Diagnostic[] {
  return Object.keys(env ?? {}).flatMap((name) => {
    if (name.startsWith("SKEIN"))
      return [
        source.at(
          [...path, name],
          { code: "E-ENV-RESERVED", message: `${name} is set by Skein itself` },
          "key",
        ),
      ];
    if (envPattern.test(name)) return [];
    return [
      source.at(
        [...path, name],
        {
          code: "E-ENV-NAME",
          message: `"${name}" is not a name of an environment variable`,
          expected: "letters, digits and _, not beginning with a digit",
        },
        "key",
      ),
    ];
  });
}

/** Each cycle once, written as a -> b -> a from its first task in plan order. */
function checkCycles(source: Source, file: PlanFile): readonly Diagnostic[] {
  const done = new Set<string>();
  const found: Diagnostic[] = [];
  const visit = (id: string, trail: readonly string[]): void => {
    const start = trail.indexOf(id);
    if (start !== -1) {
      const cycle = [...trail.slice(start), id];
      if (cycle.length > 2)
        found.push(
          source.at(["tasks", cycle[0] ?? id, "needs"], {
            code: "E-CYCLE",
            message: `these tasks wait for each other: ${cycle.join(" -> ")}`,
          }),
        );
      return;
    }
    const task = file.tasks[id];
    if (done.has(id) || task === undefined) return;
    for (const need of needsOf(task)) visit(need, [...trail, id]);
    done.add(id);
  };
  for (const id of Object.keys(file.tasks)) visit(id, []);
  return found;
}
