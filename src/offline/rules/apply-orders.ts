import { replacePattern } from "../../core/codemod/replace-pattern.ts";
import { isCode, isMarkdown, parseSource, type SourceFile } from "../../core/codemod/source.ts";
import { applyEdits } from "../../core/codemod/text-edit.ts";
import { outsideScope } from "../../core/scope.ts";
import { unreachable } from "../../model/result.ts";
import type { Change, Order } from "./change.ts";
import { addArgument, removeArgument } from "./transforms/call-arguments.ts";
import { moveImport } from "./transforms/move-import.ts";
import { nodePrefix } from "./transforms/node-prefix.ts";
import { removeUnusedImport } from "./transforms/remove-unused-import.ts";
import { renameInMarkdown } from "./transforms/rename-in-markdown.ts";
import { renameMethod, renameMethodInMarkdown } from "./transforms/rename-method.ts";
import { renameInCode } from "./transforms/rename.ts";
import { replaceText } from "./transforms/replace-text.ts";
import { type Facts, type Transformed, untouched } from "./transforms/transformed.ts";

export interface Outcome {
  readonly text: string;
  /** Places changed. */
  readonly count: number;
  readonly notes: readonly string[];
  readonly blocked?: string;
}

/** All orders on one file, one after the other. A file that parsed before still parses, or the outcome is blocked. */
export function applyOrders(file: SourceFile, orders: readonly Order[], facts: Facts): Outcome {
  let text = file.text;
  let count = 0;
  const notes: string[] = [];
  for (const { change, paths } of orders) {
    if (paths.length > 0 && outsideScope([file.path], paths).length > 0) continue;
    const done = transform({ path: file.path, text }, change, facts);
    notes.push(...done.notes);
    if (done.blocked !== undefined)
      return { text: file.text, count: 0, notes, blocked: done.blocked };
    text = applyEdits(text, done.edits);
    count += done.edits.length;
  }
  if (text === file.text) return { text, count: 0, notes };
  return breaksSyntax(file, text)
    ? { text: file.text, count: 0, notes, blocked: `${file.path} would no longer parse` }
    : { text, count, notes };
}

function transform(file: SourceFile, change: Change, facts: Facts): Transformed {
  if (change.kind === "replace-text") return replaceText(file, change);
  if (change.kind === "rename" && isMarkdown(file.path))
    return renameInMarkdown(file, change, facts);
  if (change.kind === "rename-method" && isMarkdown(file.path))
    return renameMethodInMarkdown(file, change);
  if (!isCode(file.path)) return untouched;
  switch (change.kind) {
    case "rename":
      return renameInCode(file, change, facts);
    case "rename-method":
      return renameMethod(file, change);
    case "node-prefix":
      return nodePrefix(file, facts);
    case "move-import":
      return moveImport(file, change);
    case "replace-pattern":
      return replacePattern(file, change);
    case "add-argument":
      return addArgument(file, change);
    case "remove-argument":
      return removeArgument(file, change);
    case "remove-unused-import":
      return removeUnusedImport(file, change.name);
    default:
      return unreachable(change);
  }
}

function breaksSyntax(file: SourceFile, text: string): boolean {
  if (!isCode(file.path) || parseSource(file).hasErrors) return false;
  return parseSource({ path: file.path, text }).hasErrors;
}
