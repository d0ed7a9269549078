import type { ShellMode } from "../../model/contract.ts";
import type { Permissions } from "../../model/permission.ts";
import type { Plan } from "../../model/plan.ts";
import type { Unit } from "../../model/unit.ts";

/**
 * What a unit's work depends on beside its files and its task. What an agent was let do is of it: what was made under
 * wider permissions is not taken for what narrower ones would have let it make.
 */
export function aroundOf(
  settings: {
    readonly shell: ShellMode;
    readonly models: { readonly worker: string };
    readonly permissions: Permissions;
  },
  {
    unit: { action, repository },
    workspace: { setup = "", deps },
  }: { readonly unit: Unit; readonly workspace: Plan["workspace"] },
): Readonly<Record<string, string>> {
  const { shell, models, permissions } = settings;
  return {
    "sandbox mode": shell,
    setup,
    deps,
    ...(repository === undefined ? {} : { repository: JSON.stringify(repository) }),
    ...(action.kind === "run"
      ? {}
      : { model: models.worker, permissions: JSON.stringify(permissions) }),
  };
}
