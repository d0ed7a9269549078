import { failure } from "../../model/failure.ts";
import type { PublishSpec, Task } from "../../model/plan.ts";
import type { PublishWish } from "../../model/publish.ts";
import { err, ok, type Result } from "../../model/result.ts";
import type { Unit } from "../../model/unit.ts";
import type { ExpressionContext } from "../expression/evaluate.ts";
import { resolveText } from "../expression/resolve.ts";
import { isBranchName } from "../repos/ref-name.ts";

/** Longest title of a pull request, in characters: GitHub takes 256. */
export const titleMax = 250;

/** How a unit's work is published; undefined: it is not. */
export function resolvePublish(
  { publish }: Task,
  context: ExpressionContext,
  unit: { readonly subject: string; readonly verify: Unit["verify"] },
): Result<PublishWish | undefined> {
  if (publish === undefined) return ok(undefined);
  const branch = resolveText(publish.branch, context);
  if (!branch.ok) return branch;
  if (!isBranchName(branch.value)) {
    const message = `${JSON.stringify(branch.value)} cannot be the name of a branch`;
    return err(failure("expression", message, { hint: `it came of ${publish.branch}` }));
  }
  const title = resolveText(publish.title ?? unit.subject, context);
  if (!title.ok) return title;
  const body = resolveBody(publish, context, unit.verify);
  if (!body.ok) return body;
  const { title: _title, body: _body, ...rest } = publish;
  const line = title.value.replaceAll(/\s+/g, " ").trim().slice(0, titleMax);
  return ok({ ...rest, branch: branch.value, title: line, body: body.value });
}

function resolveBody(
  { body }: PublishSpec,
  context: ExpressionContext,
  verify: Unit["verify"],
): Result<string> {
  if (body !== undefined) return resolveText(body, context);
  const checks = verify.flatMap((step) => (step.kind === "run" ? [`    ${step.run}`] : []));
  const verified = checks.length === 0 ? [] : ["", "Verified with:", "", ...checks];
  return ok(["Made by Skein.", ...verified].join("\n"));
}

/** The first unit whose branch another one of the same repository publishes too. */
export function sharedBranch(units: readonly Unit[]): string | undefined {
  const seen = new Set<string>();
  for (const { publish, repository } of units) {
    if (publish === undefined) continue;
    const key = JSON.stringify([repository?.key ?? "", publish.branch]);
    if (seen.has(key)) return publish.branch;
    seen.add(key);
  }
  return undefined;
}
