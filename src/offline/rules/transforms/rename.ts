import {
  type Node,
  nodesOf,
  type ParsedSource,
  parseSource,
  type SourceFile,
} from "../../../core/codemod/source.ts";
import type { TextEdit } from "../../../core/codemod/text-edit.ts";
import type { RenameChange } from "../change.ts";
import { isDistinctive, wholeWord } from "../identifier.ts";
import { importSources } from "./import-sources.ts";
import { commentMentions } from "./mentions.ts";
import { moduleBindings } from "./rename-bindings.ts";
import { isRenamedProperty } from "./rename-property.ts";
import { nameStrings } from "./rename-strings.ts";
import { type Facts, type Transformed, untouched } from "./transformed.ts";

const nameKinds = [
  "identifier",
  "type_identifier",
  "property_identifier",
  "shorthand_property_identifier",
  "shorthand_property_identifier_pattern",
];

/**
 * Renames by name, not by binding, so that files agree with each other without seeing each other. All bindings of the
 * name are renamed, shadowing ones too, which keeps every program's meaning. What happens to properties, strings and
 * prose depends on how telling the name is (`isDistinctive`); see README.md of this folder.
 */
export function renameInCode(
  file: SourceFile,
  change: RenameChange,
  facts: Pick<Facts, "isForeign">,
): Transformed {
  if (!wholeWord(change.from).test(file.text)) return untouched;
  const source = parseSource(file);
  const nodes = nodesOf(source, nameKinds, change.from);
  const bindings = moduleBindings(source, change.from);
  const foreign = bindings.namedFrom.find((specifier) => facts.isForeign(specifier));
  if (foreign !== undefined) {
    return {
      edits: [],
      notes: [
        `${file.path}: ${change.from} is left, there it comes from '${foreign}', which is not in this repository`,
      ],
    };
  }
  const distinctive = isDistinctive(change.from);
  const isForeignModule = (local: string): boolean | undefined => {
    const specifier = bindings.modules.get(local);
    return specifier === undefined ? undefined : facts.isForeign(specifier);
  };
  const property = (node: Node): boolean =>
    isRenamedProperty(node, { name: change.from, distinctive, isForeignModule });
  const code = nodes.flatMap((node) => editOf(node, change, property));
  const taken = code.length > 0 ? takenName(source, change) : undefined;
  if (taken !== undefined) {
    return {
      edits: [],
      notes: [],
      blocked: `${file.path}:${taken} already uses the name ${change.to}, renaming ${change.from} would mix the two`,
    };
  }
  return {
    edits: [
      ...code,
      ...(distinctive
        ? nameStrings(source, change, new Set(importSources(source).map(({ start }) => start)))
        : []),
      ...(change.mentions ? commentMentions(source, change) : []),
    ],
    notes: [],
  };
}

function editOf(
  node: Node,
  { from, to }: RenameChange,
  property: (node: Node) => boolean,
): readonly TextEdit[] {
  const { start, end } = node.range();
  const edit = (text: string): TextEdit => ({ start: start.index, end: end.index, text });
  switch (node.kind()) {
    case "property_identifier":
      return property(node) ? [edit(to)] : [];
    case "shorthand_property_identifier":
    case "shorthand_property_identifier_pattern":
      // `{ from }` is a key and a binding: the binding is renamed in any case, the key only where keys are.
      return [edit(property(node) ? to : `${from}: ${to}`)];
    default:
      return joinedAlias(node, to) ?? [edit(to)];
  }
}

/** `from as to` in an import or export list becomes plain `to`. */
function joinedAlias(node: Node, to: string): readonly TextEdit[] | undefined {
  const specifier = node.parent();
  if (specifier === null || !/^(?:import|export)_specifier$/.test(String(specifier.kind())))
    return undefined;
  const [name, alias] = [specifier.field("name"), specifier.field("alias")];
  if (name === null || alias === null) return undefined;
  const other = name.id() === node.id() ? alias : name;
  if (other.text() !== to) return undefined;
  return [{ start: name.range().start.index, end: alias.range().end.index, text: to }];
}

/** The line where the new name is already used for something else; `from as to` makes it the same thing. */
function takenName(source: ParsedSource, { from, to }: RenameChange): number | undefined {
  const others = nodesOf(source, nameKinds, to).filter(
    (node) => node.kind() !== "property_identifier",
  );
  const isSame = others.some((node) => {
    const specifier = node.parent();
    const joins = /^(?:import|export)_specifier$/.test(String(specifier?.kind()));
    return joins && ["name", "alias"].some((side) => specifier?.field(side)?.text() === from);
  });
  const [other] = isSame ? [] : others;
  return other === undefined ? undefined : other.range().start.line + 1;
}
