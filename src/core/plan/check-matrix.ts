import type { Diagnostic } from "../../model/diagnostic.ts";
import type { TaskFile } from "../../model/plan-file.ts";
import type { Path } from "./plan-path.ts";
import type { Source } from "./source.ts";

export const matrixDefaultMax = 1_000;

/** Axes that are lists, entries that are distinct, a size within bounds, includes and excludes that fit. */
export function checkMatrix(source: Source, id: string, task: TaskFile): readonly Diagnostic[] {
  const { strategy } = task;
  if (strategy === undefined) return [];
  const path: Path = ["tasks", id, "strategy"];
  const found: Diagnostic[] = [];
  const axes = Object.entries(strategy.matrix);
  if (axes.length === 0 && source.knows([...path, "matrix"]))
    found.push(
      source.at([...path, "matrix"], { code: "E-MATRIX-EMPTY", message: "the matrix has no axis" }),
    );
  for (const [axis, values] of axes)
    found.push(...checkAxis(source, [...path, "matrix", axis], values));
  const size = axes.reduce(
    (product, [, values]) => product * (Array.isArray(values) ? values.length : 1),
    1,
  );
  const most = strategy["max-size"] ?? matrixDefaultMax;
  if (size > most)
    found.push(
      source.at([...path, "matrix"], {
        code: "E-MATRIX-SIZE",
        message: `the matrix makes ${size} units, more than ${most}`,
        expected: "a smaller matrix, or max-size",
      }),
    );
  for (const list of ["include", "exclude"] as const) {
    for (const [index, entry] of (strategy[list] ?? []).entries()) {
      const wrong =
        list === "exclude"
          ? Object.keys(entry).find((key) => !Object.hasOwn(strategy.matrix, key))
          : undefined;
      if (wrong !== undefined)
        found.push(
          source.at(
            [...path, list, index, wrong],
            { code: "E-MATRIX-KEY", message: `"${wrong}" is no axis of this matrix` },
            "key",
          ),
        );
    }
  }
  if (strategy["fail-fast"] === true && task["continue-on-error"] === true) {
    found.push(
      source.at(["tasks", id, "continue-on-error"], {
        code: "E-CONTINUE",
        message: "continue-on-error and fail-fast: true contradict each other",
      }),
    );
  }
  return found;
}

function checkAxis(source: Source, path: Path, values: unknown): readonly Diagnostic[] {
  if (typeof values === "string") {
    return /^\s*\$\{\{[\s\S]*\}\}\s*$/.test(values)
      ? []
      : [
          source.at(path, {
            code: "E-MATRIX-LIST",
            message: `${JSON.stringify(values)} is not a list`,
            expected: "a list, or one ${{ expression }} that gives one",
          }),
        ];
  }
  if (!Array.isArray(values)) return [];
  if (values.length === 0)
    return [source.at(path, { code: "E-MATRIX-EMPTY", message: "this axis has no entry" })];
  const seen = new Set<string>();
  return values.flatMap((value, index) => {
    const text = JSON.stringify(value);
    if (typeof value === "string" && value.includes("${{"))
      return [
        source.at([...path, index], {
          code: "E-MATRIX-NESTED",
          message: "an entry of a matrix cannot be an expression itself",
        }),
      ];
    if (seen.has(text))
      return [
        source.at([...path, index], {
          code: "E-MATRIX-TWICE",
          message: `${text} is in this axis twice`,
        }),
      ];
    seen.add(text);
    return [];
  });
}
