import type { TaskId } from "../../model/ids.ts";
import type { PermissionLists } from "../../model/permission.ts";
import type { AgentFile, PlanFile, StepFile, TaskFile, VerifyFile } from "../../model/plan-file.ts";
import type {
  Action,
  AgentSpec,
  Budget,
  CacheSpec,
  Gate,
  Matrix,
  OutputSpec,
  Plan,
  ReduceAction,
  Retry,
  ShardAction,
  Step,
  Task,
  Value,
  VerifyStep,
} from "../../model/plan.ts";
import { isPublishTask, needsOf } from "./check-names.ts";
import { durationMs } from "./duration.ts";
import { toPublish } from "./to-publish.ts";
import { toClone, toRepos, toTaskRepository } from "./to-repos.ts";
import { toRollout } from "./to-rollout.ts";

const timeoutDefaultMinutes = 30;
const backoffDefaultMs = 2_000;
const matrixDefaultMax = 1_000;

/** Reads a prompt file's text; undefined when it cannot be read. */
export type ReadPrompt = (file: string) => string | undefined;

/** A checked file as the engine sees it: defaults filled in, durations in milliseconds, prompts read. */
export function toPlan(file: PlanFile, readPrompt: ReadPrompt): Plan {
  const { "per-task": perTask, ...budget } = file.budget ?? {};
  const max = typeof file.concurrency === "number" ? file.concurrency : file.concurrency?.max;
  const { repo = ".", base, setup, deps = "hardlink" } = file.workspace ?? {};
  return {
    name: file.name,
    brief: file.brief ?? "",
    vars: (file.vars ?? {}) as Readonly<Record<string, Value>>,
    workspace: {
      repo,
      deps,
      ...(base === undefined ? {} : { base }),
      ...(setup === undefined ? {} : { setup }),
    },
    budget: { ...toBudget(budget), perTask: toBudget(perTask) },
    ...(max === undefined ? {} : { concurrencyMax: max }),
    ...(file.permissions === undefined ? {} : { permissions: toPermissions(file.permissions) }),
    ...(file.repos === undefined ? {} : { repos: toRepos(file.repos) }),
    ...(file.clone === undefined ? {} : { clone: toClone(file.clone) }),
    tasks: Object.entries(file.tasks).map(([id, task]) => toTask(file, { id, task, readPrompt })),
  };
}

function toPermissions({
  mode,
  allow = [],
  ask = [],
  deny = [],
}: NonNullable<PlanFile["permissions"]>): PermissionLists {
  return { ...(mode === undefined ? {} : { mode }), allow, ask, deny };
}

function toTask(
  file: PlanFile,
  {
    id,
    task,
    readPrompt,
  }: { readonly id: string; readonly task: TaskFile; readonly readPrompt: ReadPrompt },
): Task {
  const minutes =
    task["timeout-minutes"] ?? file.defaults?.["timeout-minutes"] ?? timeoutDefaultMinutes;
  const condition = conditionOf(task.if);
  return {
    id: id as TaskId,
    needs: needsOf(task) as readonly TaskId[],
    ...(condition === undefined ? {} : { if: condition }),
    ...(task.strategy === undefined ? {} : { matrix: toMatrix(task.strategy) }),
    ...(task.rollout === undefined ? {} : { rollout: toRollout(task.rollout) }),
    env: toEnv(task.env),
    timeoutMs: minutes * 60_000,
    retry: toRetry(task.retry ?? file.defaults?.retry),
    continueOnError: task["continue-on-error"] ?? false,
    ...(task.concurrency?.group === undefined ? {} : { concurrencyGroup: task.concurrency.group }),
    action: toAction(task, readPrompt),
    ...toTaskRepository(task.workspace),
    ...toPublish(task),
    outputs: Object.fromEntries(
      Object.entries(task.outputs ?? {}).map(([name, output]) => [name, toOutput(output)]),
    ),
    verify: (task.verify ?? []).map(toVerify),
    budget: toBudget(task.budget),
    ...(task.cache === undefined ? {} : { cache: toCache(task.cache) }),
    ...(task.commit === undefined ? {} : { commit: task.commit }),
    ...(task.gate === undefined ? {} : { gate: toGate(task.gate) }),
  };
}

function toGate({ approve, message, show = [] }: NonNullable<TaskFile["gate"]>): Gate {
  const asked = message === undefined ? {} : { message };
  return { approve: conditionOf(approve) ?? "true", ...asked, show };
}

/** `if: ${{ x }}` and `if: x` are the same; `if: true` is no condition. */
function conditionOf(condition: string | boolean | undefined): string | undefined {
  if (condition === undefined || condition === true) return undefined;
  return /^\s*\$\{\{([\s\S]*)\}\}\s*$/.exec(String(condition))?.[1]?.trim() ?? String(condition);
}

function toBudget(budget: TaskFile["budget"]): Budget {
  const { wall, ...rest } = budget ?? {};
  const wallMs = wall === undefined ? undefined : durationMs(wall);
  const known = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  return wallMs === undefined ? known : { ...known, wallMs };
}

function toCache({ inputs, key }: NonNullable<TaskFile["cache"]>): CacheSpec {
  return key === undefined ? { inputs } : { inputs, key };
}

function toMatrix(strategy: NonNullable<TaskFile["strategy"]>): Matrix {
  const max = strategy["max-parallel"];
  return {
    axes: strategy.matrix as Matrix["axes"],
    include: (strategy.include ?? []) as Matrix["include"],
    exclude: (strategy.exclude ?? []) as Matrix["exclude"],
    failFast: strategy["fail-fast"] ?? false,
    maxSize: strategy["max-size"] ?? matrixDefaultMax,
    ...(max === undefined ? { maxParallel: Number.MAX_SAFE_INTEGER } : { maxParallel: max }),
  };
}

function toEnv(env: TaskFile["env"]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(env ?? {}).map(([name, value]) => [name, String(value)]),
  );
}

function toRetry(retry: TaskFile["retry"]): Retry {
  return {
    max: retry?.max ?? 0,
    on: retry?.on ?? ["verify", "agent"],
    backoffMs:
      (retry?.backoff === undefined ? undefined : durationMs(retry.backoff)) ?? backoffDefaultMs,
    feedBack: retry?.["feed-back"] ?? ["last-error", "last-diff"],
  };
}

/** The words a plan may use, and what they come to: who is found by halves is mended, or else left out. */
const onRedOf: Readonly<
  Record<NonNullable<NonNullable<TaskFile["reduce"]>["on-red"]>, ReduceAction["onRed"]>
> = {
  fail: "fail",
  drop: "drop",
  "drop-and-report": "drop",
  bisect: "repair",
  repair: "repair",
};

function toAction(task: TaskFile, readPrompt: ReadPrompt): Action {
  if (task.agent !== undefined) return { kind: "agent", ...toAgent(task.agent, readPrompt) };
  if (task.steps !== undefined)
    return { kind: "steps", steps: task.steps.map((step) => toStep(step, readPrompt)) };
  if (task.shard !== undefined) return toShard(task.shard);
  if (task.reduce !== undefined) {
    const { from, verify = [], generated = [] } = task.reduce;
    return {
      kind: "reduce",
      from: [from].flat() as TaskId[],
      onConflict: task.reduce["on-conflict"] ?? "agent",
      onRed: onRedOf[task.reduce["on-red"] ?? "fail"],
      generated,
      verify: verify.map(toVerify),
    };
  }
  if (task.report !== undefined) {
    const { formats, "group-by": groupBy } = task.report;
    return { kind: "report", formats, ...(groupBy === undefined ? {} : { groupBy }) };
  }
  if (isPublishTask(task)) return { kind: "publish" };
  return { kind: "run", run: task.run ?? "", allowFailure: task["allow-failure"] ?? false };
}

/** As many files as an agent can keep in view with room to work. */
const shardFilesMax = 25;

function toShard(shard: NonNullable<TaskFile["shard"]>): ShardAction {
  const { files, matching, by, order = "listed" } = shard;
  const maxFiles = shard["max-files"] ?? shardFilesMax;
  return {
    kind: "shard",
    files,
    ...(matching === undefined ? {} : { matching }),
    by,
    maxFiles,
    minFiles: Math.min(maxFiles, shard["min-files"] ?? 1),
    order,
  };
}

function toAgent(agent: AgentFile, readPrompt: ReadPrompt): AgentSpec {
  const file = agent["prompt-file"];
  return {
    prompt: agent.prompt ?? (file === undefined ? "" : (readPrompt(file) ?? "")),
    write: agent.scope.write,
    ...(agent.model === undefined ? {} : { model: agent.model }),
    budget: toBudget(agent.budget),
    ...(agent.candidates === undefined ? {} : { candidates: agent.candidates }),
  };
}

function toStep(step: StepFile, readPrompt: ReadPrompt): Step {
  const condition = conditionOf(step.if);
  return {
    ...(step.id === undefined ? {} : { id: step.id }),
    ...(condition === undefined ? {} : { if: condition }),
    env: toEnv(step.env),
    allowFailure: step["allow-failure"] ?? false,
    action:
      step.agent !== undefined
        ? { kind: "agent", ...toAgent(step.agent, readPrompt) }
        : step.skip !== undefined
          ? { kind: "skip", reason: step.skip }
          : { kind: "run", run: step.run ?? "" },
  };
}

function toVerify(step: VerifyFile): VerifyStep {
  if ("run" in step) return { kind: "run", run: step.run };
  const {
    baseline,
    "files-changed": filesChanged,
    "max-diff-lines": maxDiffLines,
    "tests-passed": testsPassed,
  } = step.expect;
  return {
    kind: "expect",
    ...(baseline === undefined ? {} : { baseline }),
    ...(filesChanged === undefined ? {} : { filesChanged }),
    ...(maxDiffLines === undefined ? {} : { maxDiffLines }),
    ...(testsPassed === undefined ? {} : { testsPassed }),
  };
}

function toOutput(output: NonNullable<TaskFile["outputs"]>[string]): OutputSpec {
  if ("json" in output)
    return {
      kind: "json",
      file: output.json,
      ...(output.path === undefined ? {} : { path: output.path }),
    };
  if ("lines" in output) return { kind: "lines", file: output.lines };
  return "text" in output
    ? { kind: "text", file: output.text }
    : { kind: "value", value: output.value };
}
