import picomatch from "picomatch";

import type { Diagnostic } from "../../model/diagnostic.ts";
import type { PlanFile, TaskFile } from "../../model/plan-file.ts";
import { needsOf } from "./check-names.ts";
import { durationMs } from "./duration.ts";
import type { Path, Source } from "./source.ts";
import { suggest } from "./suggest.ts";

const timeoutDefaultMinutes = 30;
const matrixDefaultMax = 1_000;

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

function checkMatrix(source: Source, id: string, task: TaskFile): readonly Diagnostic[] {
  const { strategy } = task;
  if (strategy === undefined) return [];
  const path: Path = ["tasks", id, "strategy"];
  const found: Diagnostic[] = [];
  const axes = Object.entries(strategy.matrix);
  if (axes.length === 0)
    found.push(
      source.at([...path, "matrix"], { code: "E-MATRIX-EMPTY", message: "the matrix has no axis" }),
    );
  for (const [axis, values] of axes)
    found.push(...checkAxis(source, [...path, "matrix", axis], values));
  const size = axes.reduce(
    (product, [, values]) => product * (Array.isArray(values) ? values.length : 1),
    1,
  );
  const most = strategy["max-size"] ?? matrixDefaultMax;
  if (size > most)
    found.push(
      source.at([...path, "matrix"], {
        code: "E-MATRIX-SIZE",
        message: `the matrix makes ${size} units, more than ${most}`,
        expected: "a smaller matrix, or max-size",
      }),
    );
  for (const list of ["include", "exclude"] as const) {
    for (const [index, entry] of (strategy[list] ?? []).entries()) {
      const wrong =
        list === "exclude"
          ? Object.keys(entry).find((key) => !Object.hasOwn(strategy.matrix, key))
          : undefined;
      if (wrong !== undefined)
        found.push(
          source.at(
            [...path, list, index, wrong],
            { code: "E-MATRIX-KEY", message: `"${wrong}" is no axis of this matrix` },
            "key",
          ),
        );
    }
  }
  if (strategy["fail-fast"] === true && task["continue-on-error"] === true) {
    found.push(
      source.at(["tasks", id, "continue-on-error"], {
        code: "E-CONTINUE",
        message: "continue-on-error and fail-fast: true contradict each other",
      }),
    );
  }
  return found;
}

function checkAxis(source: Source, path: Path, values: unknown): readonly Diagnostic[] {
  if (typeof values === "string") {
    return /^\s*\$\{\{[\s\S]*\}\}\s*$/.test(values)
      ? []
      : [
          source.at(path, {
            code: "E-MATRIX-LIST",
            message: `${JSON.stringify(values)} is not a list`,
            expected: "a list, or one ${{ expression }} that gives one",
          }),
        ];
  }
  if (!Array.isArray(values)) return [];
  if (values.length === 0)
    return [source.at(path, { code: "E-MATRIX-EMPTY", message: "this axis has no entry" })];
  const seen = new Set<string>();
  return values.flatMap((value, index) => {
    const text = JSON.stringify(value);
    if (typeof value === "string" && value.includes("${{"))
      return [
        source.at([...path, index], {
          code: "E-MATRIX-NESTED",
          message: "an entry of a matrix cannot be an expression itself",
        }),
      ];
    if (seen.has(text))
      return [
        source.at([...path, index], {
          code: "E-MATRIX-TWICE",
          message: `${text} is in this axis twice`,
        }),
      ];
    seen.add(text);
    return [];
  });
}

/** Why a path is not one inside the repository. */
export function pathProblem(path: string): string | undefined {
  if (path.includes("${{")) return undefined;
  if (path.startsWith("/") || /^[A-Za-z]:[\\/]/.test(path)) return "is absolute";
  if (path.startsWith("~")) return "begins with ~";
  if (path.split(/[\\/]/).includes("..")) return "leads out with ..";
  return path.includes("\\") && /\\[^*?[\]{}()!+@\\]/.test(path) ? "uses backslashes" : undefined;
}

function checkAgents(source: Source, id: string, task: TaskFile): readonly Diagnostic[] {
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

function checkReduce(
  source: Source,
  file: PlanFile,
  { id, task }: { readonly id: string; readonly task: TaskFile },
): readonly Diagnostic[] {
  if (task.reduce === undefined) return [];
  const path: Path = ["tasks", id, "reduce", "from"];
  const from = typeof task.reduce.from === "string" ? [task.reduce.from] : task.reduce.from;
  const ids = Object.keys(file.tasks);
  return from.flatMap((name) => {
    const meant = suggest(name, ids);
    if (!ids.includes(name))
      return [
        source.at(path, {
          code: "E-REDUCE-FROM",
          message: `there is no task "${name}" to reduce`,
          ...(meant === undefined ? {} : { suggestion: meant }),
        }),
      ];
    if (!needsOf(task).includes(name))
      return [
        source.at(path, {
          code: "E-REDUCE-NEEDS",
          message: `"${name}" is reduced but not needed`,
          expected: `needs: [${[...needsOf(task), name].join(", ")}]`,
        }),
      ];
    const other = ids.find(
      (one) =>
        one !== id &&
        ids.indexOf(one) < ids.indexOf(id) &&
        [file.tasks[one]?.reduce?.from].flat().includes(name),
    );
    return other === undefined
      ? []
      : [
          source.at(path, {
            code: "E-REDUCE-TWICE",
            message: `"${name}" is reduced by ${other} already`,
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
      actions === 1
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
