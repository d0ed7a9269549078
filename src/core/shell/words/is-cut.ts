import type { ParameterExpansionPart } from "unbash";

/** Whether an expansion only cuts a beginning or an end off a plain variable, and nothing in its pattern expands. */
export function isCut(part: ParameterExpansionPart): boolean {
  const { operation, index, prefix, parameter } = part;
  return (
    operation?.type === "Remove" &&
    index === undefined &&
    prefix === undefined &&
    /^\w+$/.test(parameter) &&
    /^[\w./*?:,=@+-]*$/.test(operation.operand?.text ?? "")
  );
}
