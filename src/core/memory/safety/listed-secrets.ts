import { redacted } from "../../secrets/redact.ts";
import { looksChosen, looksStrong } from "./looks-secret.ts";
import { named } from "./secret-sayings.ts";

const heading = new RegExp(String.raw`${named}[^\n]{0,80}[:.]?\s*$`, "i");
const item = /^([\s>]*(?:[-*•]|\d{1,2}[.):])?\s*["'`]?)([A-Za-z\d][\w+/=-]{5,})(["'`,;]*\s*)$/;
const cellName = new RegExp(String.raw`^\W*(?:[\w-]+ )?${named}\W*$`, "i");

/** Takes out what stands alone in the lines below a heading that says they are secrets, and in the column of a table with such a name. */
export function withoutListed(text: string): string {
  if (!text.includes("\n")) return text;
  let isBelow = false;
  let column: ReturnType<typeof columnOf>;
  const lines = text.split("\n").map((line) => {
    const cells = column === undefined ? [] : line.split(column.sign);
    if (column !== undefined && cells.length === column.of) {
      const { at, sign, isOfWords } = column;
      return cells.map((cell, n) => (n === at ? withoutCell(cell, isOfWords) : cell)).join(sign);
    }
    column = columnOf(line);
    const [, before = "", held = "", behind = ""] = isBelow ? (item.exec(line) ?? []) : [];
    if (isListed(held)) return `${before}${redacted}${behind}`;
    if (line.includes(redacted) && isBelow) return line;
    // What is below is a public key: a private one is gone by now.
    if (line.includes("-----BEGIN ")) isBelow = false;
    else isBelow = heading.test(line) || (isBelow && line.trim() === "");
    return line;
  });
  return lines.join("\n");
}

function columnOf(line: string) {
  for (const sign of ["|", ",", "\t"]) {
    const cells = line.split(sign);
    const at = cells.findIndex((cell) => cellName.test(cell));
    if (cells.length > 1 && at >= 0 && cells.every((cell) => cell.trim().split(/\s+/).length <= 3))
      return { at, of: cells.length, sign, isOfWords: /pass[wpc]|pwd|pw/i.test(cells[at] ?? "") };
  }
  return undefined;
}

/** Of the names of settings a list is made as well. */
const setting = /^[A-Z][A-Z\d]*(?:_[A-Z\d]+)+$|^[A-Z]+\d{0,3}$/;

function isListed(held: string): boolean {
  if (!/\d/.test(held) || setting.test(held)) return false;
  return /^\d+$/.test(held) || looksChosen(held) || looksStrong(held);
}

/** A line below the names, and a note that there is none, are no value; nor is a word, as those that a lexer knows, unless it is to be a password. */
function withoutCell(cell: string, isOfWords: boolean): string {
  const value = cell.trim();
  return /^[-:=\s]*$|^\S*\.\.\.|^[*•x]+$|^[<$({[]|\s/.test(value) ||
    value.length < 4 ||
    setting.test(value) ||
    (!isOfWords && !/\d|[a-z].*[!#$%^&*?~@+=]|[!#$%^&*?~@+=].*[a-z]/i.test(value))
    ? cell
    : cell.replace(value, redacted);
}
