import type { Diagnostic } from "../../model/diagnostic.ts";
import type { PlanFile, TaskFile } from "../../model/plan-file.ts";
import { checkGlob } from "./check-glob.ts";
import { needsOf } from "./check-names.ts";
import type { Path } from "./plan-path.ts";
import type { Source } from "./source.ts";
import { suggest } from "./suggest.ts";

/** What a reduce task merges, and what of it is made anew. */
export function checkReduce(
  source: Source,
  file: PlanFile,
  { id, task }: { readonly id: string; readonly task: TaskFile },
): readonly Diagnostic[] {
  if (task.reduce === undefined) return [];
  return [
    ...checkFrom(source, file, { id, task, reduce: task.reduce }),
    ...checkGenerated(source, id, task.reduce),
  ];
}

type ReduceFile = NonNullable<TaskFile["reduce"]>;

function checkGenerated(
  source: Source,
  id: string,
  { generated = [] }: ReduceFile,
): readonly Diagnostic[] {
  return generated.flatMap(({ files, inputs = [] }, at) => {
    const path: Path = ["tasks", id, "reduce", "generated", at];
    return [
      ...files.flatMap((glob, index) =>
        checkGlob(source, [...path, "files", index], { glob, what: "generated files" }),
      ),
      ...inputs.flatMap((glob, index) =>
        checkGlob(source, [...path, "inputs", index], { glob, what: "inputs of generated files" }),
      ),
    ];
  });
}

function checkFrom(
  source: Source,
  file: PlanFile,
  {
    id,
    task,
    reduce,
  }: { readonly id: string; readonly task: TaskFile; readonly reduce: ReduceFile },
): readonly Diagnostic[] {
  const path: Path = ["tasks", id, "reduce", "from"];
  const from = typeof reduce.from === "string" ? [reduce.from] : reduce.from;
  const ids = Object.keys(file.tasks);
  return from.flatMap((name) => {
    const meant = suggest(name, ids);
    if (!ids.includes(name) && !source.knows(["tasks", name])) return [];
    if (!ids.includes(name))
      return [
        source.at(path, {
          code: "E-REDUCE-FROM",
          message: `there is no task "${name}" to reduce`,
          ...(meant === undefined ? {} : { suggestion: meant }),
        }),
      ];
    if (!needsOf(task).includes(name) && source.knows(["tasks", id, "needs"]))
      return [
        source.at(path, {
          code: "E-REDUCE-NEEDS",
          message: `"${name}" is reduced but not needed`,
          expected: `needs: [${[...needsOf(task), name].join(", ")}]`,
        }),
      ];
    const other = ids.find(
      (one) =>
        one !== id &&
        ids.indexOf(one) < ids.indexOf(id) &&
        [file.tasks[one]?.reduce?.from].flat().includes(name),
    );
    return other === undefined
      ? []
      : [
          source.at(path, {
            code: "E-REDUCE-TWICE",
            message: `"${name}" is reduced by ${other} already`,
          }),
        ];
  });
}
