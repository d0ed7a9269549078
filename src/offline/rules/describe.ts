import { unreachable } from "../../model/result.ts";
import type { Change, Order } from "./change.ts";

/** An order as the sentence a worker is given: `understand` reads it back as the same order. */
export function describeOrder({ change, paths }: Order): string {
  const where = paths.length === 0 ? "" : `, only in files ${paths.map(quote).join(", ")}`;
  return `${describeChange(change)}${where}.`;
}

function describeChange(change: Change): string {
  switch (change.kind) {
    case "rename":
      return `Rename the identifier ${quote(change.from)} to ${quote(change.to)}${change.mentions ? "" : ", not in comments and docs"}`;
    case "rename-method":
      return change.callsOnly
        ? `Replace ${quote(`.${change.from}(`)} with ${quote(`.${change.to}(`)}`
        : `Rename the method ${quote(change.from)} to ${quote(change.to)}`;
    case "node-prefix":
      return "Prefix all imports of built-in modules with `node:`";
    case "move-import":
      return `Move the import ${change.name === undefined ? "" : `of ${quote(change.name)} `}from ${quote(change.from)} to ${quote(change.to)}`;
    case "replace-pattern":
      return `Replace ${quote(change.pattern)} with ${quote(change.replacement)}`;
    case "add-argument":
      return `Pass ${quote(change.argument)} as the ${change.at} argument to calls of ${quote(change.callee)}`;
    case "remove-argument":
      return typeof change.argument === "number"
        ? `Remove the ${change.argument}th argument from calls of ${quote(change.callee)}`
        : `Remove the argument ${quote(change.argument)} from calls of ${quote(change.callee)}`;
    case "replace-text":
      return `Replace the text ${quote(change.from)} with ${quote(change.to)}`;
    case "remove-unused-import":
      return `Remove the unused import of ${quote(change.name)}`;
    default:
      return unreachable(change);
  }
}

/** More backticks than the text has in a row, so that it can hold any; set apart from its own by blanks. */
function quote(text: string): string {
  const fence = ["`", "``", "```"].find((ticks) => !text.includes(ticks)) ?? "```";
  const blank = /^`|`$/.test(text) ? " " : "";
  return `${fence}${blank}${text}${blank}${fence}`;
}
