import * as z from "zod";

import { defineTool, type Tool, toolError, toolOk, type ToolOutcome } from "../tool.ts";
import { atPath } from "./at-path.ts";
import { capOutput } from "./cap-output.ts";
import { readTextFile } from "./file-content.ts";
import type { FileReach, NamedPath } from "./path-refusal.ts";
import { readLines } from "./read-lines.ts";
import type { SeenFiles } from "./seen-files.ts";

const input = z.strictObject({
  file_path: z.string().min(1),
  view_range: z.array(z.int()).length(2).optional(),
});

export function readTool(reach: FileReach, seen: SeenFiles): Tool {
  return defineTool({
    name: "Read",
    description:
      "Reads a text file. view_range [first, last] (lines, from 1; last -1 for the end) gives a part of a long one.",
    input,
    effect: "reads",
    prepare: ({ file_path: named, view_range: range }) => ({
      subjects: [{ kind: "path", path: named, access: "read" }],
      run: () =>
        atPath(reach, { named, access: "read" }, async (path) => {
          const file = await readTextFile(
            path,
            "Read it in parts with view_range, such as [1, 500], or search it with Grep.",
          );
          if (file.ok) {
            seen.note(path, file.value.hash);
            return shown(path, file.value.text, range);
          }
          if (file.error.kind !== "too-large" || range === undefined) {
            return toolError(file.error.told);
          }
          const problem = rangeProblem(range);
          if (problem !== undefined) return toolError(problem);
          const [first = 1, last = -1] = range;
          const lines = await readLines(path, [first, last]);
          return lines.ok
            ? toolOk(capOutput(lines.value, howToNarrow))
            : toolError(lines.error.told);
        }),
    }),
  });
}

const howToNarrow = "use view_range for another part";

function shown(
  { named }: NamedPath,
  text: string,
  range: readonly number[] | undefined,
): ToolOutcome {
  if (range === undefined) return toolOk(capOutput(text, howToNarrow));
  const problem = rangeProblem(range);
  if (problem !== undefined) return toolError(problem);
  const lines = text.split("\n");
  const [first = 1, last = -1] = range;
  if (first > lines.length) {
    return toolError(
      `${named} has ${lines.length} lines; view_range [${first}, ${last}] begins after its end. Ask for lines up to ${lines.length}.`,
    );
  }
  const part = lines.slice(first - 1, last === -1 ? lines.length : last);
  return toolOk(capOutput(part.join("\n"), howToNarrow));
}

function rangeProblem([first = 1, last = -1]: readonly number[]): string | undefined {
  return first < 1 || (last !== -1 && last < first)
    ? `view_range [${first}, ${last}] is no range of lines: the first is 1 or more, the last is not before it, or -1 for the end.`
    : undefined;
}
