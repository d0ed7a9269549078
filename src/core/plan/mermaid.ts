import type { Plan } from "../../model/plan.ts";
import { unitCount } from "./outline.ts";

/** The plan's graph as a Mermaid flowchart. */
export function mermaidOf(plan: Plan): string {
  const nodes = plan.tasks.map((task) => {
    const count = unitCount(task);
    const times = task.matrix === undefined ? "" : ` x ${count ?? "n"}`;
    return `  ${task.id}["${task.id}<br/>${task.action.kind}${times}"]`;
  });
  const edges = plan.tasks.flatMap((task) => task.needs.map((need) => `  ${need} --> ${task.id}`));
  return ["flowchart LR", ...nodes, ...edges].join("\n");
}
