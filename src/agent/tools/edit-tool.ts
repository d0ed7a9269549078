import * as z from "zod";

import { defineTool, type Tool, toolError, toolOk } from "../tool.ts";
import { type Edit, applyEdits } from "./apply-edits.ts";
import { atPath, laneOf } from "./at-path.ts";
import { fileBytesMax, hashOf, readTextFile } from "./file-content.ts";
import { lostSecret } from "./lost-secret.ts";
import type { FileReach } from "./path-refusal.ts";
import type { SeenFiles } from "./seen-files.ts";
import { writeWhole } from "./write-whole.ts";

const edit = z.strictObject({
  old_string: z.string().min(1),
  new_string: z.string(),
  replace_all: z.boolean().optional(),
});
/** One edit, or several. Two optional forms rather than a union: the API takes none at the top of a schema. */
const input = z
  .strictObject({
    file_path: z.string().min(1),
    ...edit.partial().shape,
    edits: z.array(edit).min(1).max(200).optional(),
  })
  .check((fields) => {
    const { old_string: old, new_string: fresh, replace_all: all, edits } = fields.value;
    const one = old !== undefined && fresh !== undefined && edits === undefined;
    const many = edits !== undefined && [old, fresh, all].every((field) => field === undefined);
    if (one || many) return;
    fields.issues.push({
      code: "custom",
      input: fields.value,
      message: "expected either old_string and new_string, or edits, a list of such pairs",
    });
  });

export function editTool(reach: FileReach, seen: SeenFiles): Tool {
  return defineTool({
    name: "Edit",
    description:
      "Replaces old_string by new_string in a file that was read. old_string must occur exactly once, unless replace_all is true. edits takes several such replacements, made in order: all or none.",
    input,
    effect: "writes",
    prepare: (fields) => ({
      subjects: [{ kind: "path", path: fields.file_path, access: "write" }],
      lane: laneOf(reach, fields.file_path),
      run: () =>
        atPath(reach, { named: fields.file_path, access: "write" }, async (path) => {
          const file = await readTextFile(path, cannotChange);
          if (!file.ok) return toolError(`${file.error.told}${nextFor[file.error.kind] ?? ""}`);
          const refusal = seen.refusal(path, file.value);
          if (refusal !== undefined) return toolError(refusal);
          const edited = applyEdits(file.value.text, editsOf(fields));
          if (!edited.ok) {
            return toolError(
              `${path.named} was not changed: ${edited.error}; Read it again if unsure.`,
            );
          }
          const { text, places } = edited.value;
          const lost = lostSecret(file.value.text, text);
          if (lost !== undefined) return toolError(`${path.named} was not changed: ${lost}.`);
          if (Buffer.byteLength(text) > fileBytesMax) {
            return toolError(
              `${path.named} was not changed: it would have more than ${fileBytesMax} bytes. ${cannotChange}`,
            );
          }
          await writeWhole(path, text);
          seen.note(path, hashOf(text));
          return toolOk(`edited ${path.named} (${places} replacement(s))`);
        }),
    }),
  });
}

const cannotChange = "Files that large cannot be edited here; change it with Bash.";
const nextFor: Readonly<Partial<Record<string, string>>> = { missing: " To make it, call Write." };

function editsOf(fields: z.output<typeof input>): readonly Edit[] {
  if (fields.edits !== undefined) return fields.edits;
  const { old_string = "", new_string = "", replace_all } = fields;
  return [{ old_string, new_string, replace_all }];
}
