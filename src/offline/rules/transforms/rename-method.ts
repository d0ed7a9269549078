import { nodesOf, parseSource, type SourceFile } from "../../../core/codemod/source.ts";
import type { RenameMethodChange } from "../change.ts";
import { commentMentions, mentionEdits } from "./mentions.ts";
import { moduleBindings } from "./rename-bindings.ts";
import { type Transformed, untouched } from "./transformed.ts";

/** In Markdown a method is renamed where it is mentioned; calls only: not at all. */
export function renameMethodInMarkdown(file: SourceFile, change: RenameMethodChange): Transformed {
  return { edits: change.callsOnly ? [] : mentionEdits(file.text, change), notes: [] };
}

/**
 * Renames properties by name. Calls only: what is called on an object, `a.from(…)` and `a?.from(…)`. Otherwise also
 * declarations, keys and reads. A shorthand key keeps its variable: `{ from }` becomes `{ to: from }`.
 */
export function renameMethod(file: SourceFile, change: RenameMethodChange): Transformed {
  if (!file.text.includes(change.from)) return untouched;
  const source = parseSource(file);
  const bindings = moduleBindings(source, change.from);
  const nodes = nodesOf(
    source,
    [
      "property_identifier",
      "shorthand_property_identifier",
      "shorthand_property_identifier_pattern",
    ],
    change.from,
  );
  const edits = nodes.flatMap((node) => {
    const { start, end } = node.range();
    const edit = { start: start.index, end: end.index, text: change.to };
    if (node.kind() !== "property_identifier")
      return change.callsOnly ? [] : [{ ...edit, text: `${change.to}: ${change.from}` }];
    const member = node.parent();
    const call = member?.kind() === "member_expression" ? member.parent() : null;
    const called =
      call?.kind() === "call_expression" && call.field("function")?.id() === member?.id();
    return called || !change.callsOnly ? [edit] : [];
  });
  const notes =
    bindings.namedFrom.length > 0
      ? [
          `${file.path}: ${change.from} is also taken by name from '${bindings.namedFrom[0]}'; only the property was renamed`,
        ]
      : [];
  return {
    edits: [...edits, ...(change.callsOnly ? [] : commentMentions(source, change))],
    notes,
  };
}
