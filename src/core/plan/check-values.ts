import type { Diagnostic } from "../../model/diagnostic.ts";
import type { PlanFile, TaskFile } from "../../model/plan-file.ts";
import { checkAgents } from "./check-agents.ts";
import { checkMatrix } from "./check-matrix.ts";
import { needsOf } from "./check-names.ts";
import { checkReduce } from "./check-reduce.ts";
import { durationMs } from "./duration.ts";
import { pathProblem } from "./path-problem.ts";
import type { Path } from "./plan-path.ts";
import type { Source } from "./source.ts";

const timeoutDefaultMinutes = 30;

/** What single values must be, and what two values must be to each other. */
export function checkValues(source: Source, file: PlanFile): readonly Diagnostic[] {
  return [
    ...checkBudget(source, file),
    ...checkGroup(
      source,
      ["concurrency"],
      typeof file.concurrency === "object" ? file.concurrency.group : undefined,
    ),
    ...Object.entries(file.tasks).flatMap(([id, task]) => [
      ...checkTimes(source, file, { id, task }),
      ...checkMatrix(source, id, task),
      ...checkAgents(source, id, task),
      ...checkOutputs(source, id, task),
      ...checkReduce(source, file, { id, task }),
      ...checkSteps(source, id, task),
      ...checkGroup(source, ["tasks", id, "concurrency"], task.concurrency?.group),
      ...checkNever(source, id, task),
    ]),
    ...checkOverlap(source, file),
  ];
}

function duration(
  source: Source,
  path: Path,
  value: string | number | undefined,
): readonly Diagnostic[] {
  if (value === undefined || durationMs(value) !== undefined) return [];
  return [
    source.at(path, {
      code: "E-DURATION",
      message: `${JSON.stringify(value)} is not a duration`,
      expected: "for example 90s, 5m, 1h30m; more than 0, a week at most",
    }),
  ];
}

function checkBudget(source: Source, file: PlanFile): readonly Diagnostic[] {
  const { budget } = file;
  const each = budget?.["per-task"];
  const found = [
    ...duration(source, ["budget", "wall"], budget?.wall),
    ...duration(source, ["budget", "per-task", "wall"], each?.wall),
  ];
  if (budget?.usd !== undefined && each?.usd !== undefined && each.usd > budget.usd) {
    return [
      ...found,
      source.at(["budget", "per-task", "usd"], {
        code: "E-BUDGET",
        message: `$${each.usd} a task is more than $${budget.usd} in total`,
      }),
    ];
  }
  return found;
}

function checkTimes(
  source: Source,
  file: PlanFile,
  { id, task }: { readonly id: string; readonly task: TaskFile },
): readonly Diagnostic[] {
  const path: Path = ["tasks", id];
  const minutes =
    task["timeout-minutes"] ?? file.defaults?.["timeout-minutes"] ?? timeoutDefaultMinutes;
  const wall = file.budget?.wall === undefined ? undefined : durationMs(file.budget.wall);
  const backoff = task.retry?.backoff === undefined ? undefined : durationMs(task.retry.backoff);
  const found = [
    ...duration(source, [...path, "retry", "backoff"], task.retry?.backoff),
    ...duration(source, [...path, "budget", "wall"], task.budget?.wall),
  ];
  if (wall !== undefined && task["timeout-minutes"] !== undefined && minutes * 60_000 > wall) {
    found.push(
      source.at([...path, "timeout-minutes"], {
        code: "E-TIMEOUT",
        message: `the task may take longer than the whole run (budget.wall ${file.budget?.wall})`,
      }),
    );
  }
  if (backoff !== undefined && backoff > minutes * 60_000) {
    found.push(
      source.at([...path, "retry", "backoff"], {
        code: "E-RETRY",
        message: "the back-off is longer than the task's timeout",
      }),
    );
  }
  return found;
}

function checkOutputs(source: Source, id: string, task: TaskFile): readonly Diagnostic[] {
  return Object.entries(task.outputs ?? {}).flatMap(([name, output]) => {
    const file =
      "json" in output
        ? output.json
        : "lines" in output
          ? output.lines
          : "text" in output
            ? output.text
            : undefined;
    const problem = file === undefined ? undefined : pathProblem(file);
    return problem === undefined
      ? []
      : [
          source.at(["tasks", id, "outputs", name], {
            code: "E-PATH",
            message: `${JSON.stringify(file)} ${problem}`,
            expected: "a file in $SKEIN_OUT",
          }),
        ];
  });
}

function checkSteps(source: Source, id: string, task: TaskFile): readonly Diagnostic[] {
  const seen = new Set<string>();
  return (task.steps ?? []).flatMap((step, index) => {
    const path: Path = ["tasks", id, "steps", index];
    const actions = [step.run, step.agent, step.skip].filter(
      (action) => action !== undefined,
    ).length;
    const found =
      actions === 1 || (actions === 0 && !source.knows(path))
        ? []
        : [
            source.at(path, {
              code: actions === 0 ? "E-ACTION-NONE" : "E-ACTION-MANY",
              message: `the step has ${actions === 0 ? "no action" : `${actions} actions`}`,
              expected: "exactly one of run, agent, skip",
            }),
          ];
    if (step.id !== undefined && seen.has(step.id))
      found.push(
        source.at([...path, "id"], {
          code: "E-STEP-TWICE",
          message: `two steps have the id "${step.id}"`,
        }),
      );
    if (step.id !== undefined) seen.add(step.id);
    return found;
  });
}

function checkGroup(source: Source, path: Path, group: string | undefined): readonly Diagnostic[] {
  return group === undefined || group.trim() !== ""
    ? []
    : [
        source.at([...path, "group"], {
          code: "E-GROUP",
          message: "the concurrency group is empty",
        }),
      ];
}

function checkNever(source: Source, id: string, task: TaskFile): readonly Diagnostic[] {
  return task.if === false ||
    (typeof task.if === "string" && /^\s*(?:\$\{\{\s*)?false(?:\s*\}\})?\s*$/.test(task.if))
    ? [
        source.at(["tasks", id, "if"], {
          code: "E-UNREACHABLE",
          message: `task ${id} can never run`,
        }),
      ]
    : [];
}

/** Tasks that run side by side, may write the same place, and are not wound together by a reduce task. */
function checkOverlap(source: Source, file: PlanFile): readonly Diagnostic[] {
  const reduced = new Set(
    Object.values(file.tasks).flatMap((task) => [task.reduce?.from ?? []].flat()),
  );
  const agents = Object.entries(file.tasks).filter(
    ([id, task]) => task.agent !== undefined && !reduced.has(id),
  );
  return agents.flatMap(([id, task], index) => {
    const other = agents
      .slice(0, index)
      .find(
        ([otherId, one]) =>
          !needsOf(task).includes(otherId) && !needsOf(one).includes(id) && sameScope(task, one),
      );
    return other === undefined
      ? []
      : [
          source.at(["tasks", id, "agent", "scope"], {
            code: "W-OVERLAP",
            warning: true,
            message: `${id} and ${other[0]} may change the same files at once`,
            expected: "needs between them, or a reduce task that takes both in",
          }),
        ];
  });
}

function sameScope(a: TaskFile, b: TaskFile): boolean {
  const [left, right] = [a, b].map((task) => [task.agent?.scope.write ?? []].flat());
  return (left ?? []).some((glob) => !glob.includes("${{") && (right ?? []).includes(glob));
}
