import type { Conflict } from "./conflict-file.ts";

const importLine = /^\s*(?:import\b.*["'`];?|(?:const|let|var)\s.*=\s*require\(.*\);?)\s*$/;
const listed = /^(\s*(?:import|export)\s+(?:type\s+)?\{)([^{}]*)(\}.*)$/;

/** Both sides only added imports: all of them are kept, ours first. Undefined: something else happened too. */
export function unionOfImports(conflict: Conflict): readonly string[] | undefined {
  return unionOfLines(conflict) ?? unionOfNames(conflict);
}

function unionOfLines({ ours, base, theirs }: Conflict): readonly string[] | undefined {
  const all = [...ours, ...base, ...theirs];
  if (!all.every((line) => line.trim() === "" || importLine.test(line))) return undefined;
  const keeps = (side: readonly string[]): boolean => base.every((line) => side.includes(line));
  if (!keeps(ours) || !keeps(theirs)) return undefined;
  return [...ours, ...theirs.filter((line) => !ours.includes(line))];
}

/** `import { a, b } from "x"` against `import { a, c } from "x"`: names gone on a side stay gone. */
function unionOfNames({ ours, base, theirs }: Conflict): readonly string[] | undefined {
  if (ours.length !== 1 || base.length !== 1 || theirs.length !== 1) return undefined;
  const [our, old, their] = [ours[0], base[0], theirs[0]].map((line) => listed.exec(line ?? ""));
  if (!our || !old || !their) return undefined;
  if (around(our) !== around(old) || around(their) !== around(old)) return undefined;
  const [mine, before, others] = [our, old, their].map((list) => namesIn(list[2] ?? ""));
  if (mine === undefined || before === undefined || others === undefined) return undefined;
  const names = [
    ...mine.filter((name) => others.includes(name) || !before.includes(name)),
    ...others.filter((name) => !before.includes(name) && !mine.includes(name)),
  ];
  const blank = /^\s/.test(our[2] ?? "") ? " " : "";
  return [`${our[1]}${blank}${names.join(", ")}${blank}${our[3]}`];
}

function namesIn(list: string): readonly string[] {
  return list
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
}

function around(list: RegExpExecArray): string {
  return `${list[1]?.trim()}${list[3]?.trim()}`;
}
