import * as z from "zod";

import { defineTool, type Tool, toolError, toolOk } from "../tool.ts";
import { atPath, laneOf } from "./at-path.ts";
import { hashOf, readTextFile } from "./file-content.ts";
import { lostSecret } from "./lost-secret.ts";
import type { FileReach, NamedPath } from "./path-refusal.ts";
import type { SeenFiles } from "./seen-files.ts";
import { writeWhole } from "./write-whole.ts";

const input = z.strictObject({ file_path: z.string().min(1), content: z.string() });

export function writeTool(reach: FileReach, seen: SeenFiles): Tool {
  return defineTool({
    name: "Write",
    description:
      "Writes a whole text file, making its folders. A file that exists must have been read before. Prefer Edit for changes to a file that exists.",
    input,
    effect: "writes",
    prepare: ({ file_path: named, content }) => ({
      subjects: [{ kind: "path", path: named, access: "write" }],
      lane: laneOf(reach, named),
      run: () =>
        atPath(reach, { named, access: "write" }, async (path) => {
          const refusal = await replaceRefusal(path, seen, content);
          if (refusal !== undefined) return toolError(refusal);
          await writeWhole(path, content);
          seen.note(path, hashOf(content));
          return toolOk(`wrote ${Buffer.byteLength(content)} bytes to ${named}`);
        }),
    }),
  });
}

/** Why the file that is there must not be replaced: a pipe others use, or content that the agent does not know. */
async function replaceRefusal(
  path: NamedPath,
  seen: SeenFiles,
  content: string,
): Promise<string | undefined> {
  const file = await readTextFile(path, removeFirst);
  const lost = lostSecret(file.ok ? file.value.text : "", content);
  if (lost !== undefined) return `${path.named} was not written: ${lost}.`;
  if (file.ok) return seen.refusal(path, file.value);
  switch (file.error.kind) {
    case "missing":
      return undefined;
    case "too-large":
    case "no-text":
      return `${file.error.told} ${file.error.told.endsWith(removeFirst) ? "" : removeFirst}`.trim();
    default:
      return file.error.told;
  }
}

const removeFirst = "If it has to be replaced, remove it with Bash first.";
