import type { ModuleSpec, PackageSpec } from "./spec.ts";

/** Where a name comes from, seen from a file of `package`. */
export interface Origin {
  readonly package: string;
  readonly module: string;
}

/** Built-ins as the sample imports them: the old way, without `node:`, so that a refactor has something to do. */
const builtins: ReadonlyMap<string, string> = new Map([
  ["EventEmitter", "events"],
  ["appendFile", "fs/promises"],
  ["basename", "path"],
  ["createHash", "crypto"],
  ["createReadStream", "fs"],
  ["createServer", "http"],
  ["extname", "path"],
  ["inspect", "util"],
  ["mkdir", "fs/promises"],
  ["mkdtemp", "fs/promises"],
  ["once", "events"],
  ["join", "path"],
  ["parseArgs", "util"],
  ["randomUUID", "crypto"],
  ["readFile", "fs/promises"],
  ["rename", "fs/promises"],
  ["tmpdir", "os"],
  ["writeFile", "fs/promises"],
]);

/** Every exported name of the workspace; names are unique across packages, so a name alone says its origin. */
export function exportedNames(packages: readonly PackageSpec[]): ReadonlyMap<string, Origin> {
  const origins = new Map<string, Origin>();
  const all = packages.flatMap((of) => of.modules.map((module) => [of.name, module] as const));
  for (const [packageName, module] of all) {
    for (const name of exportsOf(module)) {
      if (origins.has(name)) throw new Error(`Internal error: ${name} is exported twice`);
      origins.set(name, { package: packageName, module: module.name });
    }
  }
  return origins;
}

export function exportsOf(module: ModuleSpec): readonly string[] {
  return [
    ...module.body.matchAll(/^export (?:async )?(?:function|const|class) ([A-Za-z_$][\w$]*)/gm),
  ].map((match) => match[1] ?? "");
}

/**
 * Import lines for the names that `code` uses: built-ins first, then other packages through their index, then
 * neighbours, as a tidy hand would order them.
 */
export function importLines(
  code: string,
  at: {
    readonly package: string;
    /** Names `code` declares or imports itself. */
    readonly own: ReadonlySet<string>;
    /** How a file of the same package is reached: `.` from `src`, `../src` from `test`. */
    readonly neighbours: string;
    readonly origins: ReadonlyMap<string, Origin>;
  },
): readonly string[] {
  const sources = new Map<string, Set<string>>();
  for (const name of identifiersOf(code)) {
    const origin = at.origins.get(name);
    const from = origin === undefined ? builtins.get(name) : pathTo(origin, at);
    if (from !== undefined && !at.own.has(name)) {
      sources.set(from, (sources.get(from) ?? new Set()).add(name));
    }
  }
  return [...sources]
    .toSorted(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1))
    .map(([from, names]) => importLine([...names].toSorted(), from));
}

function pathTo(
  origin: Origin,
  at: { readonly package: string; readonly neighbours: string },
): string {
  return origin.package === at.package
    ? `${at.neighbours}/${origin.module}.js`
    : `../../${origin.package}/src/index.js`;
}

function rank(source: string): number {
  return source.startsWith("../../") ? 1 : source.startsWith(".") ? 2 : 0;
}

function importLine(names: readonly string[], from: string): string {
  const line = `import { ${names.join(", ")} } from "${from}";`;
  return line.length <= 100
    ? line
    : `import {\n${names.map((name) => `  ${name},`).join("\n")}\n} from "${from}";`;
}

/** Names that stand for themselves: not in comments or plain strings, not after a dot, not as an object key. */
function identifiersOf(code: string): ReadonlySet<string> {
  const bare = code.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "").replaceAll(/"[^"\n]*"/g, '""');
  return new Set(
    [...bare.matchAll(/(?<![\w$]|(?<!\.\.)\.)([A-Za-z_$][\w$]*)(?![\w$]|:)/g)].map(
      (match) => match[1] ?? "",
    ),
  );
}
