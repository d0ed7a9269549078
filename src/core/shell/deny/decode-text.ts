import { type Data, textData, unknownData } from "./data.ts";

const named: Readonly<Record<string, string>> = {
  n: "\n",
  t: "\t",
  r: "\r",
  "\\": "\\",
  a: "",
  e: "",
};

export function unescaped(text: string): string {
  return text.replaceAll(
    /\\(x[0-9a-fA-F]{1,2}|u[0-9a-fA-F]{1,4}|0?[0-7]{1,3}|.)/gs,
    (whole, code: string) => {
      if (/^[xu]./.test(code)) return String.fromCharCode(Number.parseInt(code.slice(1), 16));
      if (/^[0-7]/.test(code)) return String.fromCharCode(Number.parseInt(code, 8));
      return named[code] ?? whole;
    },
  );
}

export function decodes(args: readonly string[]): boolean {
  return args.some((arg) => /^-\w*[dD]|^--d/.test(arg));
}

export function fromBase64(text: string | undefined): Data {
  try {
    return text === undefined ? unknownData : textData(atob(text.replaceAll(/\s/g, "")));
  } catch {
    return unknownData;
  }
}

export function fromHex(text: string | undefined): Data {
  if (text === undefined) return unknownData;
  const digits = text.replaceAll(/[^0-9a-fA-F]/g, "");
  return textData(
    digits.replaceAll(/../g, (pair) => String.fromCharCode(Number.parseInt(pair, 16))),
  );
}

export function translated(text: string, args: readonly string[]): string {
  const deletes = args.some((arg) => /^-[a-z]*d/.test(arg));
  const [from = "", to = ""] = args.filter((arg) => !/^-[a-z]+$/.test(arg)).map(ranges);
  if (deletes)
    return text
      .split("")
      .filter((letter) => !from.includes(letter))
      .join("");
  if (to === "") return text;
  return text
    .split("")
    .map((letter) => {
      const index = from.indexOf(letter);
      return index === -1 ? letter : (to[index] ?? to.at(-1) ?? letter);
    })
    .join("");
}

function ranges(set: string): string {
  return unescaped(set).replaceAll(/(.)-(.)/gs, (_, first: string, last: string) => {
    const [low, high] = [first.charCodeAt(0), last.charCodeAt(0)];
    return Array.from({ length: Math.min(256, Math.max(0, high - low + 1)) }, (_each, index) =>
      String.fromCharCode(low + index),
    ).join("");
  });
}
