import * as z from "zod";

import type { KeptFiles } from "../kept-files.ts";
import { defineTool, type Tool, toolError, toolOk } from "../tool.ts";

const input = z
  .strictObject({
    id: z.string().min(1).optional(),
    offset: z.int().optional(),
    find: z.string().min(1).optional(),
  })
  .refine(({ id, find }) => id !== undefined || find !== undefined, {
    message: "give an id, or find to look through everything that was kept",
  });
/** Within what is admitted of one result, so that no part is kept as an artifact again. */
const partChars = 9_000;
const foundMax = 100;
const lineCharsMax = 300;
const filesMax = 20;

/** Long outputs are kept whole and shown in part; this reads the rest, by characters since a line may be endless. */
export function artifactReadTool(kept: Pick<KeptFiles, "output" | "ids">): Tool {
  return defineTool({
    name: "ArtifactRead",
    description: `Reads an output that was too long to be shown whole, by the id it was kept under: ${partChars} characters from offset (0; negative counts from its end), or with find only the lines that hold that text; find without id looks through everything that was kept of this conversation.`,
    input,
    effect: "reads",
    prepare: ({ id, offset = 0, find }) => ({
      subjects: [],
      run: async () => {
        if (id === undefined) return foundAnywhere(kept, find ?? "");
        const text = await kept.output(id);
        if (text === undefined) {
          return toolError(
            `There is no kept output ${id}. Ids look like out-0a1b2c3d4e5f and are named where an output was cut.`,
          );
        }
        return find === undefined ? partOf(text, offset) : foundIn(text, find);
      },
    }),
  });
}

function partOf(text: string, offset: number): ReturnType<typeof toolOk> {
  const start = offset < 0 ? Math.max(0, text.length + offset) : offset;
  if (start >= text.length) {
    return toolError(`The output has ${text.length} characters; give an offset below that.`);
  }
  const end = Math.min(text.length, start + partChars);
  return toolOk(
    `${text.slice(start, end)}\n[characters ${start} to ${end} of ${text.length}${end < text.length ? `; go on with offset ${end}` : ""}]`,
  );
}

function foundIn(text: string, find: string): ReturnType<typeof toolOk> {
  const found = linesWith(text, find);
  return found.length === 0 ? toolOk(`No line holds ${find}.`) : toolOk(listed(found, foundMax));
}

async function foundAnywhere(
  kept: Pick<KeptFiles, "output" | "ids">,
  find: string,
): Promise<ReturnType<typeof toolOk>> {
  const files: string[] = [];
  for (const id of await kept.ids()) {
    const found = linesWith((await kept.output(id)) ?? "", find);
    if (found.length > 0) files.push(`${id}:\n${listed(found, foundMax / filesMax)}`);
    if (files.length === filesMax) break;
  }
  return toolOk(files.length === 0 ? `Nothing that was kept holds ${find}.` : files.join("\n"));
}

interface FoundLine {
  readonly text: string;
  readonly number: number;
}

function linesWith(text: string, find: string): readonly FoundLine[] {
  return text.split("\n").flatMap((line, index) => {
    const at = line.indexOf(find);
    if (at === -1) return [];
    // Of a long line the part that holds it.
    const start = Math.max(0, at - lineCharsMax / 3);
    return [{ text: line.slice(start, start + lineCharsMax).toWellFormed(), number: index + 1 }];
  });
}

function listed(found: readonly FoundLine[], most: number): string {
  const shown = found.slice(0, most).map(({ text, number }) => `${number}:${text}`);
  const more = found.length - shown.length;
  return [...shown, ...(more > 0 ? [`[${more} more lines hold it]`] : [])].join("\n");
}
