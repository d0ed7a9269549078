import type { TaskFile } from "../../model/plan-file.ts";
import type { PublishSpec, Task } from "../../model/plan.ts";
import { readRate } from "../publish/rate.ts";

/** A draft that nobody's branch is lost for: what a plan does not say is the careful way. */
export function toPublish({ publish }: TaskFile): Pick<Task, "publish"> {
  if (publish === undefined) return {};
  const { branch, title, body, pr = "draft", via = "gh", label = [] } = publish;
  const rate = publish.rate === undefined ? undefined : readRate(publish.rate);
  const maxOpen = publish["max-open"];
  const spec: PublishSpec = {
    branch,
    ifExists: publish["if-exists"] ?? "skip",
    pr,
    via,
    ...(title === undefined ? {} : { title }),
    ...(body === undefined ? {} : { body }),
    labels: [label].flat(),
    ...(rate === undefined ? {} : { rate }),
    ...(maxOpen === undefined ? {} : { maxOpen }),
    ...(publish.split === "per-package" ? { split: publish.split } : {}),
  };
  return { publish: spec };
}
