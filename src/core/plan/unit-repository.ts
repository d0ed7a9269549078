import { failure } from "../../model/failure.ts";
import type { Task, Value } from "../../model/plan.ts";
import { err, ok, type Result } from "../../model/result.ts";
import type { Unit, UnitRepository } from "../../model/unit.ts";
import type { ExpressionContext } from "../expression/evaluate.ts";
import { resolveValue } from "../expression/resolve.ts";

/** The repository that a unit works in; undefined: where the run was started. */
export function resolveRepository(
  { id, repository }: Task,
  context: ExpressionContext,
): Result<UnitRepository | undefined> {
  if (repository === undefined) return ok(undefined);
  const { repo, setup } = repository;
  const value = resolveValue(repo, context);
  if (!value.ok) return value;
  const key = keyIn(value.value);
  if (key === undefined) {
    return err(
      failure("expression", `workspace.repo of ${id} is none of the run's repositories`, {
        hint: "strategy: { matrix: { repo: ${{ repos }} } } and workspace: { repo: ${{ matrix.repo }} }",
      }),
    );
  }
  return ok({ key, ...(setup === undefined ? {} : { setup }) });
}

function keyIn(value: Value): string | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  const { key } = value as Readonly<Record<string, Value>>;
  return typeof key === "string" ? key : undefined;
}

/** Two units in one repository would get in the way of each other's bookkeeping. */
export function concurrencyGroup(
  written: string | undefined,
  repository: UnitRepository | undefined,
): Pick<Unit, "concurrencyGroup"> {
  const group = written ?? (repository === undefined ? undefined : `repository ${repository.key}`);
  return group === undefined ? {} : { concurrencyGroup: group };
}
