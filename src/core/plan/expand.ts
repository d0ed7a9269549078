import { failure } from "../../model/failure.ts";
import type { UnitId } from "../../model/ids.ts";
import type {
  AgentSpec,
  Matrix,
  Plan,
  ShardAction,
  Step,
  Task,
  Value,
  VerifyStep,
} from "../../model/plan.ts";
import { err, ok, type Result } from "../../model/result.ts";
import type { ResolvedAgentSpec, Unit, UnitAction, UnitStep } from "../../model/unit.ts";
import type { ExpressionContext } from "../expression/evaluate.ts";
import { resolveShell, resolveText, resolveValue } from "../expression/resolve.ts";
import { keysOf } from "./matrix-keys.ts";
import { resolvePublish, sharedBranch } from "./unit-publish.ts";
import { concurrencyGroup, resolveRepository } from "./unit-repository.ts";

type Entry = Readonly<Record<string, Value>>;

/** Turns a ready task into its units: one without a matrix, one an entry with one; every template resolved. */
export function expandTask(
  plan: Plan,
  task: Task,
  context: ExpressionContext,
): Result<readonly Unit[]> {
  const entries = task.matrix === undefined ? ok([{}]) : entriesOf(task, task.matrix, context);
  if (!entries.ok) return entries;
  const keys = task.matrix === undefined ? [] : keysOf(entries.value);
  const units = collect(entries.value, (matrix, index) => {
    const key = keys[index];
    const id = (key === undefined ? task.id : `${task.id}[${key}]`) as UnitId;
    return unitOf(plan, task, { id, matrix, context });
  });
  const shared = units.ok ? sharedBranch(units.value) : undefined;
  if (shared === undefined) return units;
  const hint = "a branch that names what tells the units apart";
  return err(
    failure("expression", `several units of ${task.id} would publish ${shared}`, { hint }),
  );
}

function unitOf(
  plan: Plan,
  task: Task,
  at: { readonly id: UnitId; readonly matrix: Entry; readonly context: ExpressionContext },
): Result<Unit> {
  const outer = { ...at.context, matrix: at.matrix };
  const env = resolveMap(task.env, outer);
  if (!env.ok) return env;
  const context = { ...outer, env: env.value };
  const action = resolveAction(task, context);
  if (!action.ok) return action;
  const verify = collect(task.verify, (step) => resolveVerify(step, context));
  if (!verify.ok) return verify;
  const commit = resolveText(task.commit ?? `${plan.name}: ${at.id}`, context);
  if (!commit.ok) return commit;
  const repository = resolveRepository(task, context);
  if (!repository.ok) return repository;
  const subject = task.commit === undefined ? plan.name : commit.value;
  const publish = resolvePublish(task, context, { subject, verify: verify.value });
  if (!publish.ok) return publish;
  const group =
    task.concurrencyGroup === undefined ? undefined : resolveText(task.concurrencyGroup, context);
  if (group?.ok === false) return group;
  const cache = resolveCache(task, context);
  if (!cache.ok) return cache;
  return ok({
    id: at.id,
    task: task.id,
    matrix: at.matrix,
    needs: task.needs,
    env: env.value,
    timeoutMs: task.timeoutMs,
    retry: task.retry,
    continueOnError: task.continueOnError,
    ...concurrencyGroup(group?.value, repository.value),
    action: action.value,
    ...(repository.value === undefined ? {} : { repository: repository.value }),
    ...(publish.value === undefined ? {} : { publish: publish.value }),
    outputs: task.outputs,
    verify: verify.value,
    budget: { ...plan.budget.perTask, ...task.budget },
    ...(cache.value === undefined ? {} : { cache: cache.value }),
    commit: commit.value,
    files: filesOf(at.matrix),
  });
}

function resolveCache({ cache }: Task, context: ExpressionContext): Result<Unit["cache"]> {
  if (cache?.key === undefined) return ok(cache);
  const key = resolveText(cache.key, context);
  return key.ok ? ok({ ...cache, key: key.value }) : key;
}

/** The product of the axes without `exclude`, then `include`: as GitHub Actions does it. */
function entriesOf(
  task: Task,
  matrix: Matrix,
  context: ExpressionContext,
): Result<readonly Entry[]> {
  let entries: readonly Entry[] = [{}];
  for (const [axis, written] of Object.entries(matrix.axes)) {
    const values = typeof written === "string" ? resolveValue(written, context) : ok(written);
    if (!values.ok) return values;
    const list = values.value;
    if (!Array.isArray(list)) {
      return err(
        failure(
          "expression",
          `the matrix of ${task.id} needs a list for ${axis}, not ${JSON.stringify(list).slice(0, 80)}`,
        ),
      );
    }
    const distinct = [
      ...new Map(
        (list as readonly Value[]).map((value) => [JSON.stringify(value), value]),
      ).values(),
    ];
    entries = entries.flatMap((entry) => distinct.map((value) => ({ ...entry, [axis]: value })));
  }
  const kept = entries.filter((entry) => !matrix.exclude.some((rule) => matches(entry, rule)));
  let all: readonly Entry[] = kept;
  for (const extra of matrix.include) all = including(all, extra, Object.keys(matrix.axes));
  if (all.length <= matrix.maxSize) return ok(all);
  return err(
    failure(
      "expression",
      `the matrix of ${task.id} makes ${all.length} units, more than its max-size of ${matrix.maxSize}`,
      { hint: "raise max-size, or group the entries" },
    ),
  );
}

function matches(entry: Entry, rule: Entry): boolean {
  return Object.entries(rule).every(
    ([axis, value]) => JSON.stringify(entry[axis]) === JSON.stringify(value),
  );
}

/** An include entry extends every entry it does not contradict; one that fits none becomes an entry of its own. */
function including(
  entries: readonly Entry[],
  extra: Entry,
  axes: readonly string[],
): readonly Entry[] {
  const ofAxes = Object.fromEntries(Object.entries(extra).filter(([key]) => axes.includes(key)));
  const fits = entries.map((entry) => matches(entry, ofAxes));
  return fits.includes(true)
    ? entries.map((entry, index) => (fits[index] === true ? { ...entry, ...extra } : entry))
    : [...entries, extra];
}

/** Paths for `"$@"`: entries that are paths, lists of them, or maps with `files`. */
function filesOf(matrix: Entry): readonly string[] {
  return Object.entries(matrix).flatMap(([axis, value]) => {
    if (typeof value === "object" && value !== null && !Array.isArray(value))
      return texts((value as Entry)["files"] ?? []);
    return axis === "file" || axis === "files" || Array.isArray(value) ? texts(value) : [];
  });
}

function texts(value: Value): readonly string[] {
  if (typeof value === "string") return [value];
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

function resolveAction(task: Task, context: ExpressionContext): Result<UnitAction> {
  const { action } = task;
  switch (action.kind) {
    case "run": {
      const run = resolveShell(action.run, context);
      return run.ok ? ok({ ...action, run: run.value }) : run;
    }
    case "agent": {
      const spec = resolveAgent(action, context);
      return spec.ok ? ok({ kind: "agent", ...spec.value }) : spec;
    }
    case "steps": {
      const steps = collect(action.steps, (step) => resolveStep(step, context));
      return steps.ok ? ok({ kind: "steps", steps: steps.value }) : steps;
    }
    case "publish":
    case "report":
      return ok(action);
    case "shard":
      return resolveShard(action, context);
    case "reduce": {
      const verify = collect(action.verify, (step) => resolveVerify(step, context));
      if (!verify.ok) return verify;
      const generated = collect(action.generated, (made) => {
        const script = resolveShell(made.run, context);
        return script.ok ? ok({ ...made, run: script.value }) : script;
      });
      return generated.ok
        ? ok({ ...action, verify: verify.value, generated: generated.value })
        : generated;
    }
  }
}

function resolveShard(action: ShardAction, context: ExpressionContext): Result<UnitAction> {
  const written = typeof action.files === "string" ? [action.files] : action.files;
  const files = collect(written, (glob) => resolveValue(glob, context));
  if (!files.ok) return files;
  const matching =
    action.matching === undefined ? ok(undefined) : resolveText(action.matching, context);
  if (!matching.ok) return matching;
  const { matching: _template, ...rest } = action;
  return ok({
    ...rest,
    files: files.value.flatMap(texts),
    ...(matching.value === undefined ? {} : { matching: matching.value }),
  });
}

function resolveAgent(spec: AgentSpec, context: ExpressionContext): Result<ResolvedAgentSpec> {
  const prompt = resolveText(spec.prompt, context);
  if (!prompt.ok) return prompt;
  const globs = typeof spec.write === "string" ? [spec.write] : spec.write;
  const resolved = collect(globs, (glob) => resolveValue(glob, context));
  if (!resolved.ok) return resolved;
  const write = resolved.value.flatMap((value) => texts(value));
  if (write.length === 0)
    return err(failure("expression", "the write scope is empty: its expression gave no path"));
  const { prompt: _prompt, write: _write, ...rest } = spec;
  return ok({ ...rest, prompt: prompt.value, write });
}

function resolveStep(step: Step, context: ExpressionContext): Result<UnitStep> {
  const env = resolveMap(step.env, context);
  if (!env.ok) return env;
  const { action, ...rest } = step;
  const base = { ...rest, env: env.value };
  if (action.kind === "agent") {
    const spec = resolveAgent(action, context);
    return spec.ok ? ok({ ...base, action: { kind: "agent", ...spec.value } }) : spec;
  }
  if (action.kind === "skip") {
    const reason = resolveText(action.reason, context);
    return reason.ok ? ok({ ...base, action: { kind: "skip", reason: reason.value } }) : reason;
  }
  const run = resolveShell(action.run, context);
  return run.ok ? ok({ ...base, action: { kind: "run", run: run.value } }) : run;
}

function resolveVerify(step: VerifyStep, context: ExpressionContext): Result<VerifyStep> {
  if (step.kind !== "run") {
    if (step.testsPassed === undefined) return ok(step);
    const testsPassed = resolveText(step.testsPassed, context);
    return testsPassed.ok ? ok({ ...step, testsPassed: testsPassed.value }) : testsPassed;
  }
  const run = resolveShell(step.run, context);
  return run.ok ? ok({ kind: "run", run: run.value }) : run;
}

function resolveMap(
  map: Readonly<Record<string, string>>,
  context: ExpressionContext,
): Result<Readonly<Record<string, string>>> {
  const pairs = collect(Object.entries(map), ([name, text]) => {
    const value = resolveText(text, context);
    return value.ok ? ok([name, value.value] as const) : value;
  });
  return pairs.ok ? ok(Object.fromEntries(pairs.value)) : pairs;
}

/** All results, or the first failure. */
function collect<T, U>(
  items: readonly T[],
  run: (item: T, index: number) => Result<U>,
): Result<readonly U[]> {
  const values: U[] = [];
  for (const [index, item] of items.entries()) {
    const value = run(item, index);
    if (!value.ok) return value;
    values.push(value.value);
  }
  return ok(values);
}
