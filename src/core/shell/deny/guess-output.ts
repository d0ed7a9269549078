import { join } from "node:path/posix";

import { type Data, textData, unknownData } from "./data.ts";
import { decodes, fromBase64, fromHex, translated, unescaped } from "./decode-text.ts";
import { foundBy } from "./found-by.ts";

/** What all processes together are called. */
const allProcesses = "-1\n";

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
      return through === undefined ? unknownData : textData(reversed(through));
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
    case "dirname":
      return textData(operands.map((path) => join(path, "..")).join("\n"));
    case "find":
      return textData(foundBy(args).join("\n"));
    case "ls":
      return textData(
        operands.length === 0 ? "*" : operands.map((folder) => `${folder}/*`).join("\n"),
      );
    case "ps":
    case "pgrep":
      return listsAll(program, args, operands) ? textData(allProcesses) : unknownData;
    case "awk":
    case "cut":
      return through === allProcesses ? textData(through) : unknownData;
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

function listsAll(program: string, args: readonly string[], names: readonly string[]): boolean {
  if (program === "pgrep") return names.some((name) => /^\^?\.?[*+]?\$?$/.test(name));
  const isAll = args.some((arg) => /^(-?[aefuwxljA]*[eA]\w*|-?a\w*x\w*)$/.test(arg));
  return isAll && !args.some((arg) => /^-{1,2}(C|p|u|q|G|U|t|pid|ppid|user)\b/.test(arg));
}

function reversed(text: string): string {
  const lines = text.split("\n").map((line) => line.split("").toReversed().join(""));
  return lines.join("\n");
}
