import type { Diagnostic } from "../../model/diagnostic.ts";
import type { PlanFile, TaskFile } from "../../model/plan-file.ts";
import { checkStars } from "./check-glob.ts";
import type { Path } from "./plan-path.ts";
import type { Source } from "./source.ts";
import { shareOf } from "./to-rollout.ts";

type Found = readonly Diagnostic[];

/** Shards, rollouts, gates, caches. */
export function checkRollout(source: Source, file: PlanFile): Found {
  return Object.entries(file.tasks).flatMap(([id, task]) => [
    ...checkShard(source, id, task),
    ...checkCanary(source, id, task),
    ...checkGate(source, id, task),
    ...checkCache(source, id, task),
  ]);
}

function checkShard(source: Source, id: string, task: TaskFile): Found {
  const { "max-files": most, "min-files": least } = task.shard ?? {};
  const found = checkStars(source, ["tasks", id, "shard", "files"], task.shard?.files ?? "");
  if (most === undefined || least === undefined || least <= most) return found;
  return [
    ...found,
    source.at(["tasks", id, "shard", "min-files"], {
      code: "E-SHARD",
      message: `min-files ${least} is more than max-files ${most}`,
    }),
  ];
}

function checkCanary(source: Source, id: string, task: TaskFile): Found {
  const { rollout } = task;
  if (rollout === undefined) return [];
  const path: Path = ["tasks", id, "rollout"];
  const axes = Object.values(task.strategy?.matrix ?? {});
  const found: Diagnostic[] = [];
  if (task.strategy === undefined && source.knows(["tasks", id, "strategy"]))
    found.push(
      source.at(
        path,
        { code: "E-ROLLOUT", message: "a rollout needs a matrix to roll out over" },
        "key",
      ),
    );
  const lists = axes.filter((axis) => Array.isArray(axis));
  const included = task.strategy?.include ?? [];
  const size = lists.reduce((product, axis) => product * axis.length, 1) + included.length;
  const isKnown = axes.length > 0 && lists.length === axes.length;
  if (isKnown && rollout.canary > size) {
    found.push(
      source.at([...path, "canary"], {
        code: "E-ROLLOUT",
        message: `${rollout.canary} canaries of ${size} units`,
      }),
    );
  }
  return [
    ...found,
    ...checkPicks(source, path, { rollout, known: isKnown ? [...lists, included].flat() : [] }),
    ...checkRequire(source, path, rollout),
  ];
}

type RolloutFile = NonNullable<TaskFile["rollout"]>;

function checkPicks(
  source: Source,
  path: Path,
  { rollout, known }: { readonly rollout: RolloutFile; readonly known: readonly unknown[] },
): Found {
  const { pick = [], canary } = rollout;
  // A unit of several axes, or of a map, has a name that is made when the plan runs.
  const isPlain = known.length > 0 && known.every((value) => typeof value !== "object");
  const unknown = pick.flatMap((name, index): Diagnostic[] =>
    !isPlain || known.some((value) => String(value) === name)
      ? []
      : [
          source.at([...path, "pick", index], {
            code: "E-ROLLOUT",
            message: `${JSON.stringify(name)} is not in the matrix`,
          }),
        ],
  );
  if (pick.length <= canary) return unknown;
  return [
    ...unknown,
    source.at([...path, "pick"], {
      code: "E-ROLLOUT",
      message: `${pick.length} units are picked for a canary of ${canary}`,
    }),
  ];
}

function checkRequire(source: Source, path: Path, { require = "all", canary }: RolloutFile): Found {
  const share = shareOf(require);
  if (share !== undefined && (!("count" in share) || share.count <= canary)) return [];
  return [
    source.at(
      [...path, "require"],
      share === undefined
        ? {
            code: "E-PERCENT",
            message: `${JSON.stringify(require)} is not a share`,
            expected: "all, a count, 2/3 or 60%",
          }
        : { code: "E-ROLLOUT", message: `${require} of a canary of ${canary} cannot succeed` },
    ),
  ];
}

function checkGate(source: Source, id: string, task: TaskFile): Found {
  const { gate } = task;
  const tells = gate?.message !== undefined || gate?.show !== undefined;
  return gate !== undefined && !tells && source.knows(["tasks", id, "gate"])
    ? [
        source.at(
          ["tasks", id, "gate"],
          {
            code: "E-GATE",
            message: "the gate tells the person nothing to decide by",
            expected: "message: or show:",
          },
          "key",
        ),
      ]
    : [];
}

function checkCache(source: Source, id: string, task: TaskFile): Found {
  const { cache, run, agent, steps = [] } = task;
  if (cache === undefined) return [];
  const path: Path = ["tasks", id, "cache"];
  const hasAgent = agent !== undefined || steps.some((step) => step.agent !== undefined);
  const problem =
    run === undefined && agent === undefined && steps.length === 0 && source.knows(["tasks", id])
      ? {
          code: "E-CACHE",
          message: "only the work of run, steps and agent is cached",
          expected: "a task without cache",
        }
      : hasAgent && cache.unsafe !== true
        ? {
            code: "E-CACHE",
            message: "an agent's work is not the same twice, so it is not cached by itself",
            expected: "cache.unsafe: true, if that is really wanted",
          }
        : undefined;
  return [
    ...cache.inputs.flatMap((glob, at) => checkStars(source, [...path, "inputs", at], glob)),
    ...(problem === undefined ? [] : [source.at(path, problem, "key")]),
  ];
}
