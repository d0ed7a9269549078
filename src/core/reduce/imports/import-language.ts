/** How one language writes imports and lists of exports. */
export interface ImportLanguage {
  /** A statement without a list of names, as one line without blanks around it. Its only group: what it binds, if that can clash. */
  readonly plain: readonly RegExp[];
  /** Groups: what stands before the names, the names, what stands behind. */
  readonly listed: readonly RegExp[];
  /** Beginning of a statement that may go on over several lines. */
  readonly start: RegExp;
  /** Where order has a meaning: such statements are not added by both sides without somebody looking. */
  readonly ordered?: RegExp;
  /** Lines that are imports only between these two. */
  readonly block?: { readonly open: RegExp; readonly close: RegExp };
  /** The name a listed item binds. */
  readonly bound: (name: string) => string;
}

const afterAs = (name: string): string =>
  name
    .split(/\s+as\s+/)
    .at(-1)
    ?.replace(/^type\s+/, "")
    .trim() ?? name;

const script: ImportLanguage = {
  plain: [
    /^import\s+(?:type\s+)?(?:\*\s+as\s+)?([\w$]+)\s+from\s*(?:"[^"]+"|'[^']+')(?:\s+with\s*\{[^{}]*\})?;?$/,
    /^import\s*(?:"[^"]+"|'[^']+');?$/,
    /^export\s+(?:type\s+)?\*(?:\s+as\s+([\w$]+))?\s+from\s*(?:"[^"]+"|'[^']+');?$/,
    /^(?:const|let|var)\s+([\w$]+)\s*=\s*require\((?:"[^"]+"|'[^']+')\)(?:\.[\w$]+)?;?$/,
  ],
  listed: [
    /^((?:import|export)\s+(?:type\s+)?(?:[\w$]+\s*,\s*)?\{)([^{}]*)(\}\s*from\s*(?:"[^"]+"|'[^']+')(?:\s+with\s*\{[^{}]*\})?;?)$/,
    /^(export\s+(?:type\s+)?\{)([^{}]*)(\};?)$/,
    /^((?:const|let|var)\s+\{)([^{}]*)(\}\s*=\s*require\((?:"[^"]+"|'[^']+')\);?)$/,
  ],
  start: /^(?:(?:import|export)\s+(?:type\s+)?(?:[\w$]+\s*,\s*)?|(?:const|let|var)\s+)\{/,
  ordered: /^import\s*["']/,
  bound: (name) => afterAs(name.replace(/:\s*/, " as ")),
};

const python: ImportLanguage = {
  plain: [/^import\s+[\w.]+(?:\s+as\s+(\w+))?$/, /^from\s+[\w.]+\s+import\s+\*$/],
  listed: [
    /^(from\s+[\w.]+\s+import\s*\()([^()]*)(\))$/,
    /^(from\s+[\w.]+\s+import\s+)([^()*\\]+)()$/,
    /^(__all__\s*(?::[^=]*)?=\s*[[(])([^[\]()]*)([\])])$/,
  ],
  start: /^(?:from\s+[\w.]+\s+import\s*\(|__all__\s*(?::[^=]*)?=\s*[[(])/,
  bound: afterAs,
};

const go: ImportLanguage = {
  plain: [/^(?:import\s+)?"(?:[^"]*\/)?([^"/]+)"$/, /^(?:import\s+)?([\w.]+)\s+"[^"]+"$/],
  listed: [],
  start: /^$/,
  block: { open: /^import\s*\($/, close: /^\)$/ },
  bound: (name) => name,
};

const rust: ImportLanguage = {
  plain: [
    /^(?:pub(?:\([^)]*\))?\s+)?use\s+(?:[\w:]*::)?(\w+);$/,
    /^(?:pub(?:\([^)]*\))?\s+)?use\s+[\w:]+\s+as\s+(\w+);$/,
    /^(?:pub(?:\([^)]*\))?\s+)?use\s+[\w:]+::\*;$/,
    /^(?:pub(?:\([^)]*\))?\s+)?mod\s+(\w+);$/,
  ],
  listed: [/^((?:pub(?:\([^)]*\))?\s+)?use\s+[\w:]+::\{)([^;]*)(\};)$/],
  start: /^(?:pub(?:\([^)]*\))?\s+)?use\s+[\w:]+::\{/,
  bound: (name) => afterAs(name).split("::").at(-1) ?? name,
};

const dotted: ImportLanguage = {
  plain: [
    /^import\s+(?:static\s+)?(?:[\w.]+\.)?(\w+);?$/,
    /^import\s+(?:static\s+)?[\w.]+\.\*;?$/,
    /^import\s+[\w.]+\s+as\s+(\w+)$/,
    /^(?:global\s+)?using\s+(?:static\s+)?[\w.]+;$/,
  ],
  listed: [],
  start: /^$/,
  bound: (name) => name,
};

const byEnding: readonly (readonly [RegExp, ImportLanguage])[] = [
  [/\.(?:[cm]?[jt]s|[jt]sx)$/, script],
  [/\.pyi?$/, python],
  [/\.go$/, go],
  [/\.rs$/, rust],
  [/\.(?:java|kts?|cs|groovy)$/, dotted],
];

export function importLanguageOf(path: string): ImportLanguage | undefined {
  return byEnding.find(([ending]) => ending.test(path))?.[1];
}
