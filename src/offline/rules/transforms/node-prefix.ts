import { builtinModules } from "node:module";

import { parseSource, type SourceFile } from "../../../core/codemod/source.ts";
import { importSources } from "./import-sources.ts";
import type { Facts, Transformed } from "./transformed.ts";

/** Names that load a built-in module without the prefix, subpaths such as `fs/promises` included. */
export const builtins: ReadonlySet<string> = new Set(
  builtinModules.filter((name) => !name.startsWith("_") && !name.startsWith("node:")),
);

/** Puts `node:` before built-in modules. A name the package also depends on (`buffer`, `events`) may mean the npm package for a bundler: left. */
export function nodePrefix(file: SourceFile, facts: Facts): Transformed {
  const sources = importSources(parseSource(file)).filter(({ specifier }) =>
    builtins.has(specifier),
  );
  const shimmed = (specifier: string): boolean =>
    facts.dependsOn(file.path, specifier.split("/")[0] ?? specifier);
  return {
    edits: sources
      .filter(({ specifier }) => !shimmed(specifier))
      .map(({ start }) => ({ start, end: start, text: "node:" })),
    notes: [...new Set(sources.map(({ specifier }) => specifier).filter(shimmed))].map(
      (name) =>
        `${file.path}: '${name}' is left, the package depends on an npm package of that name`,
    ),
  };
}
