import { type Data, textData, unknownData } from "./data.ts";
import { foundBy } from "./found-by.ts";

/** What a command of plain text prints, if it is one that people hide commands behind. */
export function guessOutput(
  program: string,
  args: readonly string[],
  stdin: Data | undefined,
): Data {
  const through = stdin?.text;
  const operands = args.filter((arg) => !/^-[^-]|^--./.test(arg));
  switch (program) {
    case "echo":
      return textData(`${echoed(args)}\n`);
    case "printf":
      return textData(printed(args.filter((arg) => arg !== "--")));
    case "cat":
    case "tee":
    case "head":
    case "tail":
    case "sort":
    case "uniq":
    case "dd":
    case "less":
    case "more":
      return through === undefined ? unknownData : textData(through);
    case "rev":
      return through === undefined
        ? unknownData
        : textData(
            through
              .split("\n")
              .map((line) => line.split("").toReversed().join(""))
              .join("\n"),
          );
    case "base64":
      return decodes(args) ? fromBase64(through) : unknownData;
    case "openssl":
      return args.includes("-d") ? fromBase64(through) : unknownData;
    case "xxd":
      return args.some((arg) => /^-\w*r/.test(arg)) ? fromHex(through) : unknownData;
    case "tr":
      return through === undefined ? unknownData : textData(translated(through, args));
    case "which":
    case "command":
    case "type":
    case "realpath":
    case "readlink":
    case "basename":
      return textData(operands.join("\n"));
    case "find":
      return textData(foundBy(args).join("\n"));
    case "ls":
      return textData(operands.map((folder) => `${folder}/*`).join("\n"));
    default:
      return unknownData;
  }
}

function echoed(args: readonly string[]): string {
  const flags = args.findIndex((arg) => !/^-[neE]+$/.test(arg));
  const words = flags === -1 ? [] : args.slice(flags);
  const text = words.join(" ");
  return args.slice(0, flags === -1 ? args.length : flags).some((flag) => flag.includes("e"))
    ? unescaped(text)
    : text;
}

function printed([format = "", ...values]: readonly string[]): string {
  if (!format.includes("%")) return unescaped(format);
  const rest = [...values];
  const pieces: string[] = [];
  do {
    pieces.push(
      unescaped(format).replaceAll(/%(%|-?\d*\.?\d*[a-zA-Z])/g, (_, kind: string) => {
        if (kind === "%") return "%";
        const value = rest.shift() ?? "";
        return kind.endsWith("b") ? unescaped(value) : value;
      }),
    );
  } while (rest.length > 0 && pieces.length < 64 && /%[^%]/.test(format));
  return pieces.join("");
}

const named: Readonly<Record<string, string>> = {
  n: "\n",
  t: "\t",
  r: "\r",
  "\\": "\\",
  a: "",
  e: "",
};

function unescaped(text: string): string {
  return text.replaceAll(
    /\\(x[0-9a-fA-F]{1,2}|u[0-9a-fA-F]{1,4}|0?[0-7]{1,3}|.)/gs,
    (whole, code: string) => {
      if (/^[xu]./.test(code)) return String.fromCharCode(Number.parseInt(code.slice(1), 16));
      if (/^[0-7]/.test(code)) return String.fromCharCode(Number.parseInt(code, 8));
      return named[code] ?? whole;
    },
  );
}

function decodes(args: readonly string[]): boolean {
  return args.some((arg) => /^-\w*[dD]|^--d/.test(arg));
}

function fromBase64(text: string | undefined): Data {
  try {
    return text === undefined ? unknownData : textData(atob(text.replaceAll(/\s/g, "")));
  } catch {
    return unknownData;
  }
}

function fromHex(text: string | undefined): Data {
  if (text === undefined) return unknownData;
  const digits = text.replaceAll(/[^0-9a-fA-F]/g, "");
  return textData(
    digits.replaceAll(/../g, (pair) => String.fromCharCode(Number.parseInt(pair, 16))),
  );
}

function translated(text: string, args: readonly string[]): string {
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
