import type { SourceFile } from "../../core/codemod/source.ts";
import { regexText } from "../../core/regex-text.ts";
import { askAll, grep, read } from "./ask.ts";
import type { Order } from "./change.ts";
import type { Answer, Talk } from "./conversation.ts";
import { readHits } from "./search.ts";
import { builtins } from "./transforms/node-prefix.ts";
import { type Facts, isRelative } from "./transforms/transformed.ts";

/** Finds out what the transforms have to know about the repository beyond the files they change. */
export function* gatherFacts(files: readonly SourceFile[], orders: readonly Order[]): Talk<Facts> {
  const kinds = new Set(orders.map(({ change }) => change.kind));
  const own = kinds.has("rename") ? yield* ownPackages(files) : new Set<string>();
  const manifests = kinds.has("node-prefix") ? yield* manifestsWithShims() : [];
  return {
    isForeign: (specifier) => !isRelative(specifier) && !own.has(packageOf(specifier)),
    dependsOn: (path, name) =>
      manifests.some(({ folder, names }) => path.startsWith(folder) && names.has(name)),
    key: JSON.stringify([[...own], manifests.map(({ folder, names }) => [folder, ...names])]),
  };
}

/** Anything that could name a package in an import, in code or in a Markdown sample. */
const specifiers = /\b(?:from|import|require|resolve)\s*\(?\s*["'`]([^"'`\s]+)["'`]/g;

/** Which of the packages that files import are packages of this repository. */
function* ownPackages(files: readonly SourceFile[]): Talk<ReadonlySet<string>> {
  const imported = new Set(
    files
      .flatMap(({ text }) => [...text.matchAll(specifiers)].map((match) => match[1] ?? ""))
      .filter((specifier) => !isRelative(specifier) && !specifier.startsWith("node:"))
      .map((specifier) => packageOf(specifier)),
  );
  if (imported.size === 0) return imported;
  const pattern = String.raw`"name"\s*:\s*"(${[...imported].map((name) => regexText(name)).join("|")})"`;
  const answers = yield* askAll("which imported packages belong to this repository", [
    grep(pattern),
  ]);
  const names = answers
    .flatMap((answer) => readHits(answer))
    .filter(({ path }) => /(?:^|\/)package\.json$/.test(path) && !path.includes("node_modules/"))
    .flatMap(({ text }) => /"name"\s*:\s*"([^"]+)"/.exec(text)?.[1] ?? []);
  return new Set(names);
}

interface Manifest {
  /** With a slash at its end; "" for the top one. */
  readonly folder: string;
  readonly names: ReadonlySet<string>;
}

/** Package files that name a dependency like a built-in module. */
function* manifestsWithShims(): Talk<readonly Manifest[]> {
  const names = [...builtins].filter((name) => !name.includes("/")).join("|");
  const [found] = yield* askAll("npm packages named like built-in modules", [
    grep(String.raw`^\s*"(${names})"\s*:\s*"`),
  ]);
  const paths = new Set(
    readHits(found ?? { text: "", isError: true })
      .map(({ path }) => path)
      .filter((path) => /(?:^|\/)package\.json$/.test(path) && !path.includes("node_modules/")),
  );
  const list = [...paths].toSorted();
  const answers = yield* askAll(
    "reading their package files",
    list.map((path) => read(path)),
  );
  return list.map((path, index) => ({
    folder: path.slice(0, -"package.json".length),
    names: dependenciesIn(answers[index]),
  }));
}

function dependenciesIn(answer: Answer | undefined): ReadonlySet<string> {
  const manifest = parseJson(answer?.text ?? "");
  const kinds = ["dependencies", "devDependencies", "peerDependencies", "optionalDependencies"];
  return new Set(kinds.flatMap((kind) => Object.keys(asRecord(asRecord(manifest)[kind]))));
}

/** JSON from a repository; anything that is not JSON is an empty map. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return {};
  }
}

export function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

function packageOf(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}
