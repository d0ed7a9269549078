/**
 * The part of YAML that memory itself writes: a field a line; plain words and numbers as they are, everything else as JSON,
 * which YAML reads, too. Thousands of facts are written and read back in every dream, fifty times as fast as by a whole YAML.
 */
type Field = readonly [name: string, value: unknown];
import { parseJson } from "../parse-json.ts";

/** Texts that mean themselves in YAML without marks around them. */
const plain =
  /^(?:[A-Za-z](?:[A-Za-z0-9 _./@-]*[A-Za-z0-9])?|\d{4}-\d\d-\d\d(?:T[\d:.]+Z)?|[0-9A-HJKMNP-TV-Z]{26})$/;
const notText =
  /^(?:true|false|null|yes|no|on|off|y|n|\.?(?:nan|inf)|[-+.\d_]+(?:e[-+]?\d+)?|0x[\da-f]+|0o[0-7]+)$/i;
const day = /^\d{4}-\d\d-\d\d$/;
const number = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[-+]\d+)?$/;
const line = /^([a-z][a-z_]*): (\S.*)$/;

export function writeOwnLines(fields: readonly Field[]): string {
  return fields
    .map(([name, value]) => {
      const isBare = typeof value === "string" && isPlain(value);
      return `${name}: ${isBare ? value : JSON.stringify(value)}\n`;
    })
    .join("");
}

/** Undefined for whatever is not surely written like that: then all of YAML has to read it. */
export function readOwnLines(yaml: string): Readonly<Record<string, unknown>> | undefined {
  const fields = new Map<string, unknown>();
  for (const one of yaml.split("\n")) {
    const [, name = "", written = ""] = line.exec(one) ?? [];
    const value = valueOf(written);
    if (name === "" || value === undefined || fields.has(name)) return undefined;
    fields.set(name, value);
  }
  return Object.fromEntries(fields);
}

function valueOf(written: string): unknown {
  if (written === "null") return null;
  if (number.test(written)) return Number(written);
  if (/^["[{]/.test(written)) return parseJson(written);
  return isPlain(written) ? written : undefined;
}

function isPlain(text: string): boolean {
  return plain.test(text) && (day.test(text) || !notText.test(text));
}
