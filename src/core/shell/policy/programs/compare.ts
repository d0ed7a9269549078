import { join } from "node:path/posix";

import { resolvePath } from "../../paths/resolve-path.ts";
import { allowed, ask, type ShellVerdict } from "../../verdict.ts";
import type { CommandPlace, ParsedCall, ProgramPolicy } from "../program-policy.ts";

/** Entries of folders that are looked at before a comparison of them is nobody's guess. */
const entriesMax = 400;

/** Two folders are compared with everything below them, links followed: they may lead out, or to a secret. */
function noLinksBelow({ options, operands }: ParsedCall, place: CommandPlace): ShellVerdict {
  const names = options.map(({ name }) => name);
  const isDeep = names.includes("r") || names.includes("recursive");
  if (names.includes("no-dereference")) return allowed;
  const isOpen = operands.every(
    (word) => word.kind !== "literal" || holdsNoLink(word.text, isDeep, place),
  );
  return isOpen ? allowed : ask("diff: it follows the links in the folders, or there are too many");
}

function holdsNoLink(text: string, isDeep: boolean, { scene, cwd }: CommandPlace): boolean {
  const at = resolvePath(scene, cwd, text);
  if (at.kind === "unknown") return text === "-";
  const ahead = at.entry === "folder" ? [at.path] : [];
  let left = entriesMax;
  for (let folder = ahead.pop(); folder !== undefined; folder = ahead.pop()) {
    const names = scene.list(folder);
    if (names === undefined) return false;
    for (const path of names.map((name) => join(folder, name))) {
      const entry = scene.look(path).kind;
      if (entry === "link" || --left < 0) return false;
      if (entry === "folder" && isDeep) ahead.push(path);
    }
  }
  return true;
}

export const comparePolicies: readonly ProgramPolicy[] = [
  {
    names: ["diff"],
    flags: "abBcdeEHilnNpqrstTuwyZ0123456789",
    long: "normal brief report-identical-files context ed rcs side-by-side left-column suppress-common-lines show-c-function expand-tabs initial-tab recursive new-file unidirectional-new-file ignore-file-name-case ignore-case ignore-tab-expansion ignore-trailing-space ignore-space-change ignore-all-space ignore-blank-lines text strip-trailing-cr no-dereference minimal speed-large-files help version unified",
    values: {
      U: "number",
      C: "number",
      F: "text",
      S: "text",
      I: "text",
      x: "text",
      W: "number",
      L: "text",
      "ignore-matching-lines": "text",
      exclude: "text",
      width: "number",
      label: "text",
      "show-function-line": "text",
      tabsize: "number",
      "horizon-lines": "number",
    },
    attached: { unified: "number", context: "number", color: ["always", "never", "auto"] },
    operands: "path",
    operandsMax: 2,
    check: noLinksBelow,
    allow: [
      "diff -u data/a.txt data/b.txt",
      "diff -r src packages",
      "diff -qr src docs",
      "diff --color=never data/a.txt data/b.txt",
    ],
    notAllow: [
      "diff -X list a b",
      "diff --from-file=/etc/shadow data/a.txt",
      "diff -r . data",
      "diff --recursive data .",
      "diff data/a.txt ~/.netrc",
    ],
  },
  {
    names: ["diff3"],
    flags: "AaeEimTxX3",
    long: "show-all text ed show-overlap merge initial-tab overlap-only easy-only strip-trailing-cr help version",
    values: { L: "text", label: "text" },
    operands: "path",
    operandsMax: 3,
    allow: ["diff3 -m data/a.txt data/b.txt data/a.txt"],
    notAllow: [
      "diff3 --diff-program=sh a b c",
      "diff3 -x /etc/passwd data/a.txt data/b.txt",
      "diff3 data/a.txt data/b.txt /etc/passwd",
    ],
  },
  {
    names: ["sdiff"],
    flags: "abBdEHilstWZ",
    long: "ignore-case ignore-all-space ignore-blank-lines ignore-space-change left-column suppress-common-lines text minimal help version",
    values: { w: "number", width: "number", I: "text", "ignore-matching-lines": "text" },
    operands: "path",
    operandsMax: 2,
    allow: ["sdiff -s data/a.txt data/b.txt", "sdiff -w 120 data/a.txt data/b.txt"],
    notAllow: ["sdiff -o out data/a.txt data/b.txt", "sdiff -W /etc/passwd data/a.txt data/b.txt"],
  },
  {
    names: ["cmp"],
    flags: "bls",
    long: "print-bytes verbose quiet silent help version",
    values: { i: "text", n: "number", bytes: "number", "ignore-initial": "text" },
    operands: { first: ["path", "path"], rest: "number" },
    operandsMax: 4,
    harmless: true,
    allow: ["cmp data/a.txt data/b.txt", "cmp -s data/a.txt data/b.txt"],
    notAllow: ["cmp data/a.txt /etc/shadow"],
  },
];
