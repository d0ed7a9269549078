import type { ParameterOperation, Word } from "unbash";

import { type Data, textData, unknownData } from "./data.ts";

/** `${name<operation>}` on a guessed value; what cannot be guessed stays the value itself. */
export function applyOperation(
  value: Data,
  operation: ParameterOperation | undefined,
  textOf: (word: Word) => string,
): Data {
  if (operation === undefined) return value;
  const text = value.text ?? "";
  switch (operation.type) {
    case "Default":
      return withDefault(value, operation.operator, textOf(operation.operand));
    case "Slice":
      return value.text === undefined
        ? value
        : {
            ...value,
            text: sliced(
              text,
              textOf(operation.offset),
              operation.length && textOf(operation.length),
            ),
          };
    case "Replace": {
      const pattern = textOf(operation.pattern);
      const replacement = textOf(operation.replacement);
      if (pattern === "" || value.text === undefined) return value;
      const changed =
        operation.operator === "//"
          ? text.replaceAll(pattern, () => replacement)
          : text.replace(pattern, () => replacement);
      return { ...value, text: changed };
    }
    case "CaseModification":
      return {
        ...value,
        text: operation.operator.startsWith(",") ? text.toLowerCase() : text.toUpperCase(),
      };
    case "Remove":
      return { ...value, text: removed(text, operation.operator, textOf(operation.operand)) };
    case "Transform":
      return value;
    case "Names":
    case "Unknown":
      return unknownData;
  }
}

function withDefault(value: Data, operator: string, operand: string): Data {
  const isSet = value.text !== undefined && !/^\uE002?$/u.test(value.text);
  if (operator.endsWith("+")) return isSet ? textData(operand) : textData("");
  if (operator.endsWith("?")) return value;
  return isSet ? value : textData(operand);
}

function sliced(text: string, offset: string, length: string | undefined): string {
  const start = Number(offset.trim());
  if (!Number.isInteger(start)) return text;
  const rest = text.slice(start);
  const count = length === undefined ? rest.length : Number(length.trim());
  return Number.isInteger(count) ? rest.slice(0, count) : rest;
}

/** Patterns of letters and `*` at one end are enough to take a name apart. */
function removed(text: string, operator: string, pattern: string): string {
  if (text.length > 256 || pattern.split("*").length > 3) return text;
  const source = pattern
    .replaceAll(/[\\^$+.()|{}]/g, String.raw`\$&`)
    .replaceAll("?", ".")
    .replaceAll("*", operator.length === 2 ? ".*" : ".*?");
  try {
    if (operator.startsWith("#")) return text.replace(new RegExp(`^${source}`, "s"), "");
    const starts = text.split("").map((_, index) => index);
    const ends = new RegExp(`^${source}$`, "s");
    const cut = (operator === "%%" ? starts : starts.toReversed()).find((index) =>
      ends.test(text.slice(index)),
    );
    return cut === undefined ? text : text.slice(0, cut);
  } catch {
    // A bracket that closes nowhere: bash would take nothing off either.
    return text;
  }
}
