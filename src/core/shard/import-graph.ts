import { join, normalize } from "node:path/posix";

import { folderOf } from "./shard.ts";

/** Which files of a set each of them imports. */
export type ImportGraph = ReadonlyMap<string, ReadonlySet<string>>;

export interface GraphInput {
  /** Text of each file, by its path. */
  readonly texts: ReadonlyMap<string, string>;
  /** Folder of each package of the repository, by the name others import it by. */
  readonly packages: ReadonlyMap<string, string>;
}

/**
 * Imports of JavaScript, TypeScript and Python that lead to another file of the set. By patterns, not by a parser: what
 * is missed or too much changes which files are worked on together, never what is done to them.
 */
export function importGraph({ texts, packages }: GraphInput): ImportGraph {
  const known = new Set(texts.keys());
  return new Map(
    [...texts].map(([file, text]) => {
      const found = file.endsWith(".py")
        ? pythonImports(file, text)
        : scriptImports(file, text, packages);
      const targets = found.flatMap((candidates) => candidates.find((one) => known.has(one)) ?? []);
      return [file, new Set(targets.filter((target) => target !== file))];
    }),
  );
}

const specifiers =
  /\b(?:import|export)\b[^'"`;]*?\bfrom\s*["']([^"'\n]+)["']|\b(?:import|require)\s*\(\s*["']([^"'\n]+)["']|\bimport\s*["']([^"'\n]+)["']/g;

const extensions = ["", ".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs", ".vue"];

/** Paths that each import may mean, the likeliest first. */
function scriptImports(
  file: string,
  text: string,
  packages: ReadonlyMap<string, string>,
): readonly (readonly string[])[] {
  return [...text.matchAll(specifiers)].flatMap((match) => {
    const wanted = match[1] ?? match[2] ?? match[3] ?? "";
    if (wanted.startsWith(".")) return [candidatesOf(normalize(join(folderOf(file), wanted)))];
    const [scope = "", rest = ""] = wanted.split("/");
    const name = wanted.startsWith("@") ? `${scope}/${rest}` : scope;
    const folder = packages.get(name);
    if (folder === undefined) return [];
    const inside = wanted.slice(name.length + 1);
    return [
      [inside, `src/${inside}`, "src", "lib"].flatMap((path) => candidatesOf(join(folder, path))),
    ];
  });
}

function candidatesOf(path: string): readonly string[] {
  // TypeScript is imported by the name of what it becomes.
  const written = path.replace(/\.([mc]?)jsx?$/, ".$1ts");
  return [
    ...extensions.map((extension) => `${path}${extension}`),
    written,
    `${written}x`,
    ...extensions.slice(1).map((extension) => `${path}/index${extension}`),
  ];
}

const pythonLines = /^[ \t]*(?:from\s+(\.*)([\w.]*)\s+import\s+([\w, \t]+)|import\s+([\w.]+))/gm;

function pythonImports(file: string, text: string): readonly (readonly string[])[] {
  return [...text.matchAll(pythonLines)].flatMap(([, dots, from, names, plain]) => {
    const module = (plain ?? from ?? "").replaceAll(".", "/");
    const roots = dots === undefined || dots === "" ? ["", "src/"] : [relativeRoot(file, dots)];
    const inside = (names ?? "").split(",").map((name) => name.trim().split(/\s/)[0] ?? "");
    return [module, ...inside.map((name) => join(module, name))].map((path) =>
      roots.flatMap((root) => {
        const at = join(root, path);
        return [`${at}.py`, `${at}/__init__.py`];
      }),
    );
  });
}

function relativeRoot(file: string, dots: string): string {
  let folder = folderOf(file);
  for (let up = 1; up < dots.length; up += 1) folder = folderOf(folder);
  return folder === "." ? "" : folder;
}
