import type { PlanFile } from "../../model/plan-file.ts";
import type { Order } from "./change.ts";
import { describeOrder } from "./describe.ts";
import type { Part } from "./group-files.ts";
import { withWriteScopes } from "./write-scope.ts";

/** Generous for rules, and a bound if the same plan is run with a language model. */
const turnsPerUnit = 60;

/** The plan for some orders over some parts: agents side by side, then a merge that runs the repository's own tests. */
export function planFor(work: {
  readonly orders: readonly Order[];
  readonly parts: readonly Part[];
  readonly tests: string | undefined;
}): { readonly plan: PlanFile; readonly summary: string } {
  const { orders, parts, tests } = work;
  const prompt = orders.map((order) => describeOrder(order)).join("\n");
  const count = parts.reduce((sum, part) => sum + part.files.length, 0);
  const verify = tests === undefined ? {} : { verify: [{ run: tests }] };
  const plan: PlanFile = {
    version: 1,
    name: nameOf(orders),
    budget: { "per-task": { turns: turnsPerUnit } },
    tasks: {
      change:
        count === 0
          ? // Nobody found anything; one agent looks again and says so.
            { agent: { prompt, scope: { write: ["**"] } } }
          : {
              strategy: {
                matrix: {
                  part: withWriteScopes(parts).map(({ name, files }) => ({
                    name,
                    files: [...files],
                  })),
                },
                "fail-fast": false,
              },
              agent: { prompt, scope: { write: "${{ matrix.part.files }}" } },
            },
      merge: {
        needs: ["change"],
        if: "always()",
        reduce: { from: "change", "on-conflict": "agent" },
        ...verify,
      },
    },
  };
  const how =
    tests === undefined ? "no test command found, so nothing verifies it" : `verified by ${tests}`;
  return {
    plan,
    summary:
      count === 0
        ? `nothing to change was found; one unit looks again, ${how}`
        : `${count} file${count === 1 ? "" : "s"} in ${parts.length} unit${parts.length === 1 ? "" : "s"}, ${how}`,
  };
}

function nameOf(orders: readonly Order[]): string {
  const [first] = orders;
  const words = first === undefined ? "change" : describeOrder({ ...first, paths: [] });
  return words
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "")
    .slice(0, 60);
}
