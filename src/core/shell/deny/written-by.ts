import { join } from "node:path/posix";

import { whereLeads } from "../paths/resolve-path.ts";
import { type Call, hasOption, operandsOf, programOf, valuesOf } from "./call.ts";

const outward = new Set([">", ">>", ">|", "<>", "&>", "&>>", ">&"]);
/** Their last operand, or the folder they are told to fill. */
const copiers = new Set([
  "cp",
  "mv",
  "ln",
  "install",
  "rsync",
  "scp",
  "ditto",
  "cpio",
  "link",
  "rename",
]);
/** Every operand. */
const wholeWriters = new Set([
  "tee",
  "sponge",
  "truncate",
  "ed",
  "ex",
  "vi",
  "vim",
  "nvim",
  "emacs",
  "nano",
  "patch",
  "shred",
]);
/** Options of other programs whose value is written. */
const outputs: Readonly<Record<string, readonly string[]>> = {
  curl: [
    "-o",
    "--output",
    "-D",
    "--dump-header",
    "-c",
    "--cookie-jar",
    "--trace",
    "--trace-ascii",
    "--output-dir",
    "--stderr",
  ],
  wget: ["-O", "--output-document", "-P", "--directory-prefix", "-o", "--output-file", "-a"],
  wget2: ["-O", "--output-document", "-P"],
  aria2c: ["-o", "--out", "-d", "--dir"],
  dd: ["of="],
  dcfldd: ["of="],
  dc3dd: ["of=", "hof="],
  sort: ["-o", "--output"],
  tar: ["-C", "--directory", "--one-top-level"],
  bsdtar: ["-C", "--directory"],
  unzip: ["-d"],
  "7z": ["-o"],
  openssl: ["-out"],
  gpg: ["-o", "--output"],
  base64: ["-o", "--output"],
  gcc: ["-o"],
  cc: ["-o"],
  clang: ["-o"],
  go: ["-o"],
  rustc: ["-o"],
  age: ["-o", "--output"],
  strace: ["-o", "--output"],
  tcpdump: ["-w"],
  nmap: ["-oN", "-oX", "-oG", "-oA"],
  find: ["-fprint", "-fprintf", "-fls", "-fprint0"],
  git: ["--output"],
  pip: ["--target", "-t"],
  less: ["-o", "-O"],
  uudecode: ["-o"],
  diff: ["--output"],
};

/** The commands `w` and `W` of sed, and the flag of `s`. */
const sedWrites = /(?:^|[^a-vx-zA-VX-Z\\])[wW]\s+([^\s;}]+)/;

/** Every path that a call writes, as far as its words and redirections tell. */
export function writtenBy(call: Call): readonly string[] {
  const { program, args } = call;
  const redirected = call.redirections
    .filter(({ operator, target }) => outward.has(operator) && !/^(\d+-?|-)$/.test(target))
    .map(({ target }) => target);
  return [...redirected, ...byProgram(call), ...valuesOf(args, outputs[program] ?? [])];
}

function byProgram(call: Call): readonly string[] {
  const { program, args } = call;
  const operands = operandsOf(args);
  if (copiers.has(program)) return copied(call, operands);
  if (wholeWriters.has(program)) return operands;
  switch (program) {
    case "sed":
    case "gsed":
      return hasOption(args, "i", "in-place") || args.some((arg) => sedWrites.test(arg))
        ? [...operands, ...args.flatMap((arg) => sedWrites.exec(arg)?.[1] ?? [])]
        : [];
    case "perl":
    case "ruby":
      return hasOption(args, "i") ? operands : [];
    case "awk":
    case "gawk":
    case "mawk":
    case "nawk":
      return args.flatMap((arg) =>
        [...arg.matchAll(/>>?\s*"([^"]+)"/g)].map(([, path = ""]) => path),
      );
    case "uniq":
    case "xxd":
      return operands.slice(1);
    case "curl":
      return hasOption(args, "OJ", "remote-name") ? remoteNames(call, operands) : [];
    case "wget":
      return remoteNames(call, operands);
    case "git":
      return args[0] === "config" ? valuesOf(args, ["-f", "--file"]) : [];
    default:
      return [];
  }
}

function copied(call: Call, operands: readonly string[]): readonly string[] {
  const { args, program, scene, cwd } = call;
  const [folder] = valuesOf(args, ["-t", "--target-directory"]);
  const target = folder ?? operands.at(-1);
  const sources = folder === undefined ? operands.slice(0, -1) : operands;
  if (target === undefined || (sources.length === 0 && program !== "ln")) return [];
  const resolved = whereLeads(scene, cwd, target);
  const isFolder =
    target.endsWith("/") || (resolved.kind === "known" && resolved.entry === "folder");
  if (folder === undefined && sources.length < 2 && !isFolder) return [target];
  const within = sources.map((source) => join(target, programOf(source)));
  return [target, ...within];
}

/** What lands in a folder is named as in the address. */
function remoteNames({ cwd, args }: Call, operands: readonly string[]): readonly string[] {
  const folder = valuesOf(args, ["-P", "--directory-prefix", "--output-dir"])[0] ?? cwd ?? ".";
  return operands.map((address) => join(folder, programOf(address.replace(/[?#].*$/s, ""))));
}
