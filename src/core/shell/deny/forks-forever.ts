import {
  type ArithmeticFor,
  forEachChild,
  type Function as FunctionNode,
  type SyntaxNode,
  type While,
} from "unbash";

/** Functions that call themselves twice or behind their own back, endless loops that leave processes behind. */
export function forksForever(node: ArithmeticFor | FunctionNode | While): readonly string[] {
  if (node.type === "Function") {
    const calls = callsOf(node.body, node.name.value, { background: false, condition: false });
    const isBomb =
      calls.length > 1 || calls.some(({ background, condition }) => background || !condition);
    return isBomb ? [`${node.name.value} calls itself without end`] : [];
  }
  const clause = node.type === "While" ? node.clause.commands[0]?.command : undefined;
  const isEndless =
    node.type === "While"
      ? clause?.type === "Command" && /^(true|:|false|\[|1)$/.test(clause.name?.value ?? "")
      : node.test === undefined;
  const leaves = node.body.commands.some(({ background }) => background === true);
  const waits = node.body.commands.some(
    ({ command, background }) =>
      background !== true &&
      command.type === "Command" &&
      /^(sleep|wait|read)$/.test(command.name?.value ?? ""),
  );
  return isEndless && leaves && !waits ? ["a loop starts processes without end"] : [];
}

interface Place {
  readonly background: boolean;
  readonly condition: boolean;
}

function callsOf(node: SyntaxNode, name: string, place: Place): readonly Place[] {
  if (node.type === "Command" && node.name?.value === name) return [place];
  const next: Place = {
    background:
      place.background ||
      (node.type === "Statement" && node.background === true) ||
      (node.type === "Pipeline" && node.commands.length > 1),
    condition: place.condition || ["If", "Case", "AndOr", "While", "For"].includes(node.type),
  };
  const calls: Place[] = [];
  forEachChild(node, (child) => {
    calls.push(...callsOf(child, name, next));
  });
  return calls;
}
