import type { Diagnostic } from "../../model/diagnostic.ts";
import type { PlanFile, TaskFile } from "../../model/plan-file.ts";
import type { Path, Source } from "./source.ts";

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
  if (most === undefined || least === undefined || least <= most) return [];
  return [
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
  if (task.strategy === undefined)
    found.push(
      source.at(
        path,
        { code: "E-ROLLOUT", message: "a rollout needs a matrix to roll out over" },
        "key",
      ),
    );
  const lists = axes.filter((axis) => Array.isArray(axis));
  const size = lists.reduce((product, axis) => product * axis.length, 1);
  if (axes.length > 0 && lists.length === axes.length && rollout.canary > size) {
    found.push(
      source.at([...path, "canary"], {
        code: "E-ROLLOUT",
        message: `${rollout.canary} canaries of ${size} units`,
      }),
    );
  }
  const known = lists.length === 1 && lists.length === axes.length ? lists[0] : undefined;
  for (const [index, pick] of (rollout.pick ?? []).entries()) {
    if (known !== undefined && !known.includes(pick))
      found.push(
        source.at([...path, "pick", index], {
          code: "E-ROLLOUT",
          message: `${JSON.stringify(pick)} is not in the matrix`,
        }),
      );
  }
  if (
    rollout.require !== undefined &&
    !/^(?:all|\d+|\d+\/[1-9]\d*|(?:100|[1-9]?\d)%)$/.test(rollout.require)
  ) {
    found.push(
      source.at([...path, "require"], {
        code: "E-PERCENT",
        message: `${JSON.stringify(rollout.require)} is not a share`,
        expected: "all, a count, 2/3 or 60%",
      }),
    );
  }
  return found;
}

function checkGate(source: Source, id: string, task: TaskFile): Found {
  return task.gate !== undefined && task.gate.message === undefined && task.gate.show === undefined
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
  const agent =
    task.agent !== undefined || (task.steps ?? []).some((step) => step.agent !== undefined);
  if (task.cache === undefined || !agent || task.cache.unsafe === true) return [];
  return [
    source.at(
      ["tasks", id, "cache"],
      {
        code: "E-CACHE",
        message: "an agent's work is not the same twice, so it is not cached by itself",
        expected: "cache.unsafe: true, if that is really wanted",
      },
      "key",
    ),
  ];
}
