import { type Failure, failure } from "../../model/failure.ts";
import type { Value } from "../../model/plan.ts";
import { err, ok, type Result } from "../../model/result.ts";
import { evaluate, type ExpressionContext } from "./evaluate.ts";
import { textOf } from "./functions.ts";
import { parseExpression } from "./parse.ts";

/** A piece of a template: plain text, or the expression between `${{` and `}}`; `at` is its offset. */
export type TemplatePart =
  | { readonly kind: "text"; readonly text: string; readonly at: number }
  | { readonly kind: "expression"; readonly expression: string; readonly at: number };

/** Splits a template; an opened and never closed `${{` is reported by its offset. */
export function templateParts(
  template: string,
): Result<readonly TemplatePart[], { readonly at: number; readonly message: string }> {
  const parts: TemplatePart[] = [];
  let at = 0;
  for (let open = template.indexOf("${{"); open !== -1; open = template.indexOf("${{", at)) {
    const close = template.indexOf("}}", open);
    if (close === -1) return err({ at: open, message: "`${{` is never closed with `}}`" });
    if (open > at) parts.push({ kind: "text", text: template.slice(at, open), at });
    parts.push({ kind: "expression", expression: template.slice(open + 3, close), at: open + 3 });
    at = close + 2;
  }
  if (at < template.length) parts.push({ kind: "text", text: template.slice(at), at });
  return ok(parts);
}

/** A template whose whole text is one expression keeps that value's type; any other becomes text. */
export function resolveValue(template: string, context: ExpressionContext): Result<Value> {
  const parts = templateParts(template);
  if (!parts.ok) return err(failure("expression", parts.error.message));
  const [only, ...others] = parts.value;
  if (only?.kind === "expression" && others.length === 0) return evaluate(only.expression, context);
  return resolveText(template, context);
}

export function resolveText(template: string, context: ExpressionContext): Result<string> {
  return joined(template, context, () => undefined);
}

/** `refusal`: why a value may not stand in the text. */
function joined(
  template: string,
  context: ExpressionContext,
  refusal: (value: Value, expression: string) => Failure | undefined,
): Result<string> {
  const parts = templateParts(template);
  if (!parts.ok) return err(failure("expression", parts.error.message));
  let text = "";
  for (const part of parts.value) {
    if (part.kind === "text") {
      text += part.text;
      continue;
    }
    const value = evaluate(part.expression, context);
    if (!value.ok) return value;
    const refused = refusal(value.value, part.expression);
    if (refused !== undefined) return err(refused);
    text += textOf(value.value);
  }
  return ok(text);
}

/** Words that mean the same inside and outside quotes: nothing in them can end a word, start a command, or be read as an option. */
const plainWord = /^(?!-)[\w.:@%+=/-]*$/;

/** Whether a value is wrapped in `quote()` as a whole. */
export function isQuoted(expression: string): boolean {
  const node = parseExpression(expression);
  return node.ok && node.value.kind === "call" && node.value.name === "quote";
}

/**
 * A template that becomes shell text. A value goes in only when it is a number, a plain word that cannot be read as
 * anything else, or was wrapped in `quote()`: a file name or an agent's output never becomes a command.
 */
export function resolveShell(template: string, context: ExpressionContext): Result<string> {
  return joined(template, context, (value, expression) => {
    const text = textOf(value);
    if (typeof value === "number" || isQuoted(expression) || plainWord.test(text)) return undefined;
    const shown = JSON.stringify(text.slice(0, 60));
    return failure(
      "expression",
      `\${{${expression}}} is ${shown}, which is not safe in shell text`,
      {
        hint: "wrap it in quote(), or hand it over through env:",
      },
    );
  });
}
