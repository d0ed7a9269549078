import type { ArithmeticExpression } from "unbash";

/** Operators that only compute: no assignment, no `++`. */
const computing: ReadonlySet<string> = new Set(
  "+ - * / % ** << >> & | ^ && || , < > <= >= == != ! ~".split(" "),
);

/**
 * Whether an expression is made of numbers and operators alone. A name in it is evaluated in turn, whatever text it
 * holds, and a subscript in that text runs commands.
 */
export function isPlainNumber(expression: ArithmeticExpression): boolean {
  switch (expression.type) {
    case "ArithmeticWord":
      return expression.parts === undefined && /^(0|[1-9]\d{0,15})$/.test(expression.value);
    case "ArithmeticGroup":
      return isPlainNumber(expression.expression);
    case "ArithmeticUnary":
      return computing.has(expression.operator) && isPlainNumber(expression.operand);
    case "ArithmeticBinary":
      return (
        computing.has(expression.operator) &&
        isPlainNumber(expression.left) &&
        isPlainNumber(expression.right)
      );
    case "ArithmeticTernary":
      return [expression.test, expression.consequent, expression.alternate].every(isPlainNumber);
    case "ArithmeticCommandExpansion":
      return false;
  }
}
