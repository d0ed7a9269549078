import type { ShellWord, SimpleCommand } from "../../script.ts";
import { allowed, ask, join, type ShellVerdict } from "../../verdict.ts";
import { judgeByPolicy } from "../judge-by-policy.ts";
import { judgeValue } from "../judge-value.ts";
import type { CommandPlace, ParsedCall, ProgramPolicy } from "../program-policy.ts";

const toOutput: readonly string[] = ["c", "stdout"];
const looking: readonly string[] = ["l", "list", "t", "test"];

function has({ options }: ParsedCall, names: readonly string[]): boolean {
  return options.some(({ name }) => names.includes(name));
}

function needsOne(call: ParsedCall, names: readonly string[]): ShellVerdict {
  return has(call, names) ? allowed : ask("it may write what it takes out of an archive");
}

/** A file of this machine: with a colon, tar takes what is in front of it for another, and calls it. */
function localArchive(word: ShellWord, place: CommandPlace): ShellVerdict {
  return word.kind === "literal" && word.text.includes(":")
    ? ask("tar: an archive on another machine")
    : judgeValue(word, "path", place);
}

/** A dash alone is no file to these: the next word is. */
function zipFile(word: ShellWord, place: CommandPlace): ShellVerdict {
  return word.kind === "literal" && word.text === "-"
    ? ask("an archive behind a dash")
    : judgeValue(word, "path", place);
}

/** The file, and what is taken for it when it is not there. */
function compressed(word: ShellWord, place: CommandPlace): ShellVerdict {
  const others = word.kind === "literal" && word.text !== "-" ? [".gz", ".bz2", ".xz", ".Z"] : [];
  return join(
    ["", ...others].map((end) =>
      judgeValue(
        word.kind === "literal" ? { ...word, text: word.text + end } : word,
        "path",
        place,
      ),
    ),
  );
}

const tar: ProgramPolicy = {
  names: ["tar"],
  flags: "tzjJva",
  long: "list verbose gzip bzip2 xz zstd version help",
  values: { f: localArchive, file: localArchive },
  operands: "text",
  check: (call) => needsOne(call, ["t", "list", "version", "help"]),
  judge: judgeTar,
  allow: ["tar tf data/a.tar", "tar -tzvf data/a.tgz src", "tar --list --file=data/a.tar"],
  notAllow: [
    "tar xf data/a.tar",
    "tar -tf host:a.tar",
    "tar tfv host:a.tar",
    "tar -tf data/a.tar --to-command=sh",
    "tar -tf data/a.tar -I sh",
    "tar -tf data/a.tar --checkpoint-action=exec=id",
    "tar -tf ../a.tar",
    "tar -f data/a.tar",
    "tar cf data/a.tar src",
    "tar fI data/a.tar 'sh x' -t",
    "tar xf -t data/a.tar",
  ],
};

/** The first word is a cluster also without its dash; then its letters take the words that follow, whatever they look like. */
function judgeTar({ words: [, first, ...rest] }: SimpleCommand, place: CommandPlace): ShellVerdict {
  if (first?.kind !== "literal") return ask("tar with options that nobody knows");
  if (first.text.startsWith("-")) return judgeByPolicy(tar, [first, ...rest], place);
  return /^[tzjJva]+f?$/.test(first.text)
    ? judgeByPolicy(tar, [{ ...first, text: `-${first.text}` }, ...rest], place)
    : ask(`tar: ${first.text} is not known to only list`);
}

export const archivePolicies: readonly ProgramPolicy[] = [
  tar,
  {
    names: ["unzip"],
    flags: "lvqt",
    operands: { first: [zipFile], rest: "text" },
    check: (call) => needsOne(call, ["l", "v", "t"]),
    allow: ["unzip -l data/a.zip", "unzip -v"],
    notAllow: [
      "unzip data/a.zip",
      "unzip -l data/a.zip -d out",
      "unzip -l ../a.zip",
      "unzip -l - ../a.zip",
    ],
  },
  {
    names: ["zipinfo"],
    flags: "1hlmstvz",
    operands: { first: [zipFile], rest: "text" },
    allow: ["zipinfo -1 data/a.zip"],
    notAllow: ["zipinfo ../a.zip"],
  },
  {
    names: ["gzip", "gunzip", "bzip2", "bunzip2", "xz", "unxz", "zstd", "unzstd"],
    flags: "cdltvqk123456789",
    long: "stdout decompress list test verbose quiet version help",
    operands: compressed,
    check: (call) =>
      call.operands.length === 0
        ? allowed
        : // Of what is to be done, the last that is said counts; where it writes to, once.
          needsOne(call, has(call, ["d", "decompress"]) ? toOutput : [...toOutput, ...looking]),
    allow: ["gunzip -c data/a.gz", "gzip -dc data/a.gz", "gzip -l data/a.gz", "gzip --version"],
    notAllow: [
      "gzip README.md",
      "gunzip data/a.gz",
      "gzip -rc ..",
      "xz --files=list",
      "xz -ld data/a.xz",
      "bzip2 -t --decompress data/a.bz2",
      "zstd -td data/a.zst",
    ],
  },
  {
    names: ["zcat", "bzcat", "xzcat", "zstdcat"],
    long: "version help",
    operands: compressed,
    allow: ["zcat data/a.gz"],
    notAllow: ["zcat ../a.gz", "zcat .env"],
  },
];
