import type { ShellWord, SimpleCommand } from "../../script.ts";
import { allowed, ask, join, type ShellVerdict } from "../../verdict.ts";
import { judgeByPolicy } from "../judge-by-policy.ts";
import { judgeValue } from "../judge-value.ts";
import type { CommandPlace, ParsedCall, ProgramPolicy } from "../program-policy.ts";

function needsOne(call: ParsedCall, names: readonly string[]): ShellVerdict {
  return call.options.some(({ name }) => names.includes(name))
    ? allowed
    : ask("it may write what it takes out of an archive");
}

/** A file of this machine: with a colon, tar takes what is in front of it for another, and calls it. */
function localArchive(word: ShellWord, place: CommandPlace): ShellVerdict {
  return word.kind === "literal" && word.text.includes(":")
    ? ask("tar: an archive on another machine")
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
  ],
};

/** The first word may be a cluster without its dash. */
function judgeTar({ words: [, first, ...rest] }: SimpleCommand, place: CommandPlace): ShellVerdict {
  const isOld = first?.kind === "literal" && /^[tzjJva]+f?$/.test(first.text);
  const options = isOld ? { ...first, text: `-${first.text}` } : first;
  return judgeByPolicy(tar, options === undefined ? rest : [options, ...rest], place);
}

export const archivePolicies: readonly ProgramPolicy[] = [
  tar,
  {
    names: ["unzip"],
    flags: "lvqt",
    operands: { first: ["path"], rest: "text" },
    check: (call) => needsOne(call, ["l", "v", "t"]),
    allow: ["unzip -l data/a.zip", "unzip -v"],
    notAllow: ["unzip data/a.zip", "unzip -l data/a.zip -d out", "unzip -l ../a.zip"],
  },
  {
    names: ["zipinfo"],
    flags: "1hlmstvz",
    operands: { first: ["path"], rest: "text" },
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
        : needsOne(call, ["c", "stdout", "l", "list", "t", "test"]),
    allow: ["gunzip -c data/a.gz", "gzip -dc data/a.gz", "gzip -l data/a.gz", "gzip --version"],
    notAllow: ["gzip README.md", "gunzip data/a.gz", "gzip -rc ..", "xz --files=list"],
  },
  {
    names: ["zcat", "bzcat", "xzcat", "zstdcat"],
    long: "version help",
    operands: compressed,
    allow: ["zcat data/a.gz"],
    notAllow: ["zcat ../a.gz", "zcat .env"],
  },
];
