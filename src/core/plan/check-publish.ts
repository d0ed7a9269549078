import type { Diagnostic } from "../../model/diagnostic.ts";
import type { PlanFile, TaskFile } from "../../model/plan-file.ts";
import { readRate } from "../publish/rate.ts";
import { isBranchName } from "../repos/ref-name.ts";
import { isPublishTask, needsOf } from "./check-names.ts";
import type { Path } from "./plan-path.ts";
import type { Source } from "./source.ts";

type Found = readonly Diagnostic[];
type Publish = NonNullable<TaskFile["publish"]>;

interface Place {
  readonly file: PlanFile;
  readonly id: string;
  readonly task: TaskFile;
  readonly publish: Publish;
}

/** What a plan says of publishing: that there is work to publish, under a name that git takes and no other unit has. */
export function checkPublish(source: Source, file: PlanFile): Found {
  return Object.entries(file.tasks).flatMap(([id, task]) => {
    const { publish } = task;
    if (publish === undefined) return [];
    const place: Place = { file, id, task, publish };
    return [
      ...checkWork(source, place),
      ...checkBranch(source, place),
      ...checkShared(source, place),
      ...checkRate(source, place),
    ];
  });
}

function checkWork(source: Source, { id, task }: Place): Found {
  const at = (message: string, expected: string): Found => [
    source.at(["tasks", id, "publish"], { code: "E-PUBLISH", message, expected }, "key"),
  ];
  for (const key of ["shard", "report"] as const) {
    if (task[key] !== undefined)
      return at(`a ${key} changes nothing that could be published`, "publish beside the work");
  }
  if (!isPublishTask(task)) return [];
  if (needsOf(task).length === 0 && source.knows(["tasks", id, "needs"]))
    return at("nothing is published: the task needs no other", "needs: the task that merges");
  return task.strategy === undefined && task.workspace?.repo === undefined
    ? []
    : at("a task of its own publishes once", "publish: beside run, agent or steps");
}

function checkBranch(source: Source, { file, id, task, publish }: Place): Found {
  const { branch } = publish;
  const path: Path = ["tasks", id, "publish", "branch"];
  const plain = branch.replaceAll(/\$\{\{.*?\}\}/g, "x");
  if (!isBranchName(plain)) {
    const message = `${JSON.stringify(branch)} cannot be the name of a branch`;
    return [source.at(path, { code: "E-BRANCH", message })];
  }
  const base = task.workspace?.base ?? file.workspace?.base ?? "main";
  return branch === base
    ? [source.at(path, { code: "E-BRANCH", message: "the branch to publish is the base itself" })]
    : [];
}

/** Units of one repository need a branch each: every axis but the one that names the repository makes more of them. */
function checkShared(source: Source, { id, task, publish }: Place): Found {
  const repo = task.workspace?.repo ?? "";
  const axes = Object.keys(task.strategy?.matrix ?? {});
  const shared = axes.filter((axis) => !names(axis, repo) && !names(axis, publish.branch));
  if (shared.length === 0) return [];
  return [
    source.at(["tasks", id, "publish", "branch"], {
      code: "E-BRANCH",
      message: "every unit of the matrix would publish the same branch",
      expected: `a branch that names ${shared.map((axis) => `matrix.${axis}`).join(" and ")}`,
    }),
  ];
}

function names(axis: string, template: string): boolean {
  return template.split(/[^\w.-]+/).some((word) => `${word}.`.startsWith(`matrix.${axis}.`));
}

function checkRate(source: Source, { id, publish }: Place): Found {
  if (publish.rate === undefined || readRate(publish.rate) !== undefined) return [];
  return [
    source.at(["tasks", id, "publish", "rate"], {
      code: "E-RATE",
      message: `${JSON.stringify(publish.rate)} is not a rate`,
      expected: "for example 10/hour; minute, hour or day",
    }),
  ];
}
