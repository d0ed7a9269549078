import { z } from "zod";

import type { KeptFiles } from "../kept-files.ts";
import { defineTool, type Tool, toolError, toolOk } from "../tool.ts";
import { shortenTo } from "./shorten.ts";

const input = z.strictObject({
  id: z.string().min(1),
  offset: z.int().optional(),
  find: z.string().min(1).optional(),
});
/** Well below the limit of a result: with its last line it is shown whole. */
const partChars = 20_000;
const foundMax = 100;
const lineCharsMax = 300;

/** Long outputs are kept whole and shown in part; this reads the rest, by characters since a line may be endless. */
export function artifactReadTool(kept: Pick<KeptFiles, "output">): Tool {
  return defineTool({
    name: "ArtifactRead",
    description: `Reads an output that was too long to be shown whole, by the id it was kept under: ${partChars} characters from offset (0; negative counts from its end), or with find only the lines that hold that text.`,
    input,
    effect: "reads",
    shorten: shortenTo({ headChars: 300, tailChars: 300 }, "read it again with ArtifactRead"),
    prepare: ({ id, offset = 0, find }) => ({
      subjects: [],
      run: async () => {
        const text = await kept.output(id);
        if (text === undefined) {
          return toolError(
            `There is no kept output ${id}. Ids look like out-1 and are named where an output was cut.`,
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
  const found = text
    .split("\n")
    .map((line, index) => ({ line, number: index + 1 }))
    .filter(({ line }) => line.includes(find));
  if (found.length === 0) return toolOk(`No line holds ${find}.`);
  const shown = found
    .slice(0, foundMax)
    .map(({ line, number }) => `${number}:${line.slice(0, lineCharsMax)}`);
  const more = found.length - shown.length;
  return toolOk([...shown, ...(more > 0 ? [`[${more} more lines hold it]`] : [])].join("\n"));
}
