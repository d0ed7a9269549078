import { redacted } from "../../secrets/redact.ts";
import { looksMade, looksStrong } from "./looks-secret.ts";
import { looksOdd } from "./made-up.ts";
import { named } from "./secret-sayings.ts";

const cellName = new RegExp(String.raw`^\W*(?:[\w-]+ )?${named}\W*$`, "i");
/** What stands below is a secret only where it looks like one. */
const cellAccess =
  /^\W*(?:how to (?:get|log|sign) ?(?:in|on)|(?:user )?(?:access|log-?in|sign-?in|zugang|zugriff|anmeldung|accès|acceso|accesso|acesso|inlog|auth|unlock|opens? with)(?: (?:data|info|details))?|credentials?|creds)\W*$/i;
const cellPassword = /pass[wpc]|pwd|pw|kennwort|senha|contrase|mot de passe|lösen|hasł|hesl|парол/i;
const cellNumber = /pin|puk|otp|code|combination/i;

/** How the cells of a heading are told apart, and those of the rows below it. */
const kinds: readonly (readonly [heading: RegExp, row: RegExp, wordsMax: number])[] = [
  [/(!!|\|\|)/, /(\|\|)/, 5],
  [/(\^)/, /([|^])/, 5],
  [/(\|)/, /(\|)/, 5],
  [/(\t+)/, /(\t+)/, 4],
  [/(;)/, /(;)/, 3],
  [/(,)/, /(,)/, 3],
  [/( {2,})/, /( {2,})/, 2],
];
const rule = /^[\s|+:=~-]*$/;

interface Column {
  readonly at: number;
  readonly of: number;
  readonly row: RegExp;
  readonly name: string;
}

function columnOf(line: string): Column | undefined {
  for (const [heading, row, wordsMax] of kinds) {
    const cells = line
      .trimEnd()
      .split(heading)
      .filter((_, n) => n % 2 === 0);
    if (cells.length < 2 || cells.some((cell) => cell.trim().split(/\s+/).length > wordsMax))
      continue;
    const sure = cells.findIndex((cell) => cellName.test(cell));
    // Of a sentence with commas the last word may be "login".
    const at = sure >= 0 || wordsMax < 5 ? sure : cells.findIndex((cell) => cellAccess.test(cell));
    if (at >= 0) return { at, of: cells.length, row, name: cells[at] ?? "" };
  }
  return undefined;
}

/** Of the names of settings a list is made as well. */
export const setting = /^[A-Z][A-Z\d]*(?:_[A-Z\d]+)+$|^[A-Z]+\d{0,3}$/;

/** A line below the names, and a note that there is none, are no value; nor is a word, as those that a lexer knows, unless it is to be a password. */
function withoutCell(cell: string, name: string): string {
  const value = cell.trim().replace(/^[|^]\s*/, "");
  if (
    /^[-:=\s]*$|^\S*\.\.\.|^[*•x]+$|^[<$({[]|\s[^/]*\s|^\w+\s\w+$/.test(value) ||
    value.length < 4 ||
    setting.test(value)
  )
    return cell;
  if (!cellName.test(name)) {
    // "ana / V"
    const last = value.split(/\s+[/:]?\s*/).at(-1) ?? "";
    return isTyped(last) ? cell.replace(last, () => redacted) : cell;
  }
  if (/\s/.test(value)) return cell;
  if (/^\d+$/.test(value) && !cellNumber.test(name) && !cellPassword.test(name)) return cell;
  const isValue =
    cellPassword.test(name) || /\d|[a-z].*[!#$%^&*?~@+=]|[!#$%^&*?~@+=].*[a-z]/i.test(value);
  return isValue ? cell.replace(value, () => redacted) : cell;
}

function isTyped(value: string): boolean {
  return (
    looksOdd(value) ||
    (looksMade(value) && value.length > 8) ||
    looksStrong(value) ||
    /^(?=.*\d)(?=.*\p{Lu}\p{Ll})[\p{L}\d]+(?:\/[\p{L}\d]+)+$/u.test(value)
  );
}

/** Takes out what stands in the column of a table whose name says that it holds secrets, as wikis, databases and spreadsheets write them. */
export function withoutColumns(text: string): string {
  if (!text.includes("\n")) return text;
  let column: Column | undefined;
  let cellsBelow = 0;
  const lines = text.split("\n").map((line) => {
    if (column !== undefined) {
      if (rule.test(line)) return line;
      const parts = line.split(column.row);
      const { at, of, name } = column;
      if (parts.length === of * 2 - 1)
        return parts.map((part, n) => (n === at * 2 ? withoutCell(part, name) : part)).join("");
      // Each cell has a line of its own.
      if (of > 2 && /^\s*\|[^|]+$/.test(line)) {
        const isIt = cellsBelow % (of - 1) === at - 1;
        cellsBelow += 1;
        return isIt ? withoutCell(line, name) : line;
      }
    }
    column = columnOf(line);
    cellsBelow = 0;
    return line;
  });
  return lines.join("\n");
}

const tableRow = /<tr\b[^>]*>/i;
const tableCell = /(<t[hd]\b[^>]{0,200}>)([^<]{0,200})/gi;

/** The same in HTML. */
export function withoutHtmlColumns(text: string): string {
  if (!/<tr\b/i.test(text)) return text;
  let at = -1;
  let name = "";
  return text
    .split(/(?=<tr\b)/i)
    .map((row) => {
      if (!tableRow.test(row)) return row;
      const cells = [...row.matchAll(tableCell)].map(([, , cell = ""]) => cell);
      const named = cells.findIndex((cell) => cellName.test(cell));
      // "<th>Password</th><td>V</td>"
      const isBeside = cells.length === 2 && named === 0 && at < 0;
      if (named >= 0 && !isBeside) {
        at = named;
        name = cells[named] ?? "";
        return row;
      }
      const ofRow = isBeside ? { at: 1, name: cells[0] ?? "" } : { at, name };
      let n = -1;
      return row.replaceAll(tableCell, (whole, open: string, cell: string) => {
        n += 1;
        return n === ofRow.at ? open + withoutCell(cell, ofRow.name) : whole;
      });
    })
    .join("");
}
