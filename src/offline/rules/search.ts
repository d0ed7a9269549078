import { askAll, glob, grep } from "./ask.ts";
import type { Answer, Talk } from "./conversation.ts";

export interface Hit {
  readonly path: string;
  /** Counted from 1. */
  readonly line: number;
  readonly text: string;
}

export interface Found {
  readonly hits: readonly Hit[];
  /** Some search failed, or was cut off and could not be narrowed any further. */
  readonly incomplete: boolean;
}

/** How often a cut search is split into the folders below it. */
const depthMax = 4;
const cut = /^\[(?:output truncated at |the search was cut short|cut here, |shortened: )/m;

/** Searches below the given folders ("" is the whole repository); a search that is cut off is done again folder by folder. */
export function* search(pattern: string, folders: readonly string[], depth = 0): Talk<Found> {
  const answers = yield* askAll(
    `looking for ${pattern.length > 60 ? "places to change" : pattern}`,
    folders.map((folder) => grep(pattern, folder)),
  );
  const hits = new Map<string, Hit>();
  const narrow: string[] = [];
  let incomplete = answers.some(({ isError, text }) => isError && !/does not exist/.test(text));
  answers.forEach((answer, index) => {
    for (const hit of readHits(answer, folders[index])) hits.set(`${hit.path}:${hit.line}`, hit);
    if (cut.test(answer.text)) narrow.push(folders[index] ?? "");
  });
  if (narrow.length === 0) return { hits: [...hits.values()], incomplete };
  if (depth === depthMax) return { hits: [...hits.values()], incomplete: true };
  const below = yield* foldersBelow(narrow, [...hits.values()]);
  const deeper = yield* search(pattern, below, depth + 1);
  for (const hit of deeper.hits) hits.set(`${hit.path}:${hit.line}`, hit);
  incomplete ||= deeper.incomplete;
  return { hits: [...hits.values()], incomplete };
}

/** There is no tool that lists folders, so they are told from the files two levels down and from what was found. */
function* foldersBelow(folders: readonly string[], hits: readonly Hit[]): Talk<readonly string[]> {
  const patterns = ["*/*", "*/*/*", "**/package.json"];
  const answers = yield* askAll(
    "the search was cut off, narrowing it to single folders",
    folders.flatMap((folder) => patterns.map((pattern) => glob(pattern, folder))),
  );
  const paths = [
    ...answers.flatMap((answer) => readPaths(answer)),
    ...hits.map(({ path }) => path),
  ];
  const below = new Set<string>();
  for (const folder of folders) {
    const prefix = folder === "" ? "" : `${folder}/`;
    for (const path of paths) {
      const rest = path.startsWith(prefix) ? path.slice(prefix.length) : "";
      const slash = rest.indexOf("/");
      if (slash > 0) below.add(prefix + rest.slice(0, slash));
    }
  }
  return [...below].toSorted();
}

/** Lines `path:line:text`; when a single file was searched, its name is left out of them. */
export function readHits({ text, isError }: Answer, searched = ""): readonly Hit[] {
  if (isError) return [];
  return text.split("\n").flatMap((line) => {
    const alone = searched === "" ? null : /^(\d+):(.*)$/.exec(line);
    if (alone !== null) return [{ path: searched, line: Number(alone[1]), text: alone[2] ?? "" }];
    const parts = /^(.+?):(\d+):(.*)$/.exec(line);
    return parts === null
      ? []
      : [{ path: clean(parts[1] ?? ""), line: Number(parts[2]), text: parts[3] ?? "" }];
  });
}

export function readPaths({ text, isError }: Answer): readonly string[] {
  if (isError) return [];
  return text
    .split("\n")
    .map((line) => clean(line.trim()))
    .filter(
      (line) => line !== "" && line !== "no matches" && line !== "(no output)" && !cut.test(line),
    );
}

function clean(path: string): string {
  return path.replace(/^\.\//, "");
}
