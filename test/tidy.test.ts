import { readFileSync } from "node:fs";
import { globSync } from "node:fs";
import { dirname, join, normalize } from "node:path/posix";

import { expect, test } from "vitest";

/** A file imports its own folder or a lower rank; folders of one rank never see each other. */
const ranks: ReadonlyMap<string, number> = new Map([
  ["src/model", 0],
  ["src/ports", 1],
  ["src/core", 2],
  ["src/agent", 3],
  ["src/app", 3],
  ["src/adapters", 3],
  ["src/offline", 3],
  ["src/cli", 4],
  ["workers", 4],
]);
/** Source files over the wall of 300 lines. May only shrink. */
const tooLong: readonly string[] = [];

const sources = globSync("{src,workers}/**/*.ts").toSorted();

function layerOf(file: string): string {
  const layer = [...ranks.keys()].find((name) => file.startsWith(`${name}/`));
  if (layer === undefined) throw new Error(`${file} is in no layer; add its folder to the ranks`);
  return layer;
}

function rankOf(layer: string): number {
  return ranks.get(layer) ?? Number.NaN;
}

test("every import stays in its layer or points down", () => {
  const wrong = sources.flatMap((file) =>
    [...readFileSync(file, "utf8").matchAll(/(?:from|import\()\s*"(\.[^"]+\.ts)"/g)]
      .map((match) => normalize(join(dirname(file), match[1] ?? "")))
      .filter((target) => {
        const [from, to] = [layerOf(file), layerOf(target)];
        return from !== to && rankOf(to) >= rankOf(from);
      })
      .map((target) => `${file} imports ${target}`),
  );
  expect(wrong).toEqual([]);
});

test("no source file is over 300 lines", () => {
  const long = sources.filter((file) => readFileSync(file, "utf8").split("\n").length > 301);
  expect(long).toEqual(tooLong);
});

test("model and core are pure: no clock, no chance, no environment, no await", () => {
  const impure = sources
    .filter((file) => /^src\/(model|core)\//.test(file))
    .filter((file) =>
      /\b(Date\.now|Math\.random|process\.|await |setTimeout|"node:(?!path\/posix"))/.test(
        readFileSync(file, "utf8").replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, ""),
      ),
    );
  expect(impure).toEqual([]);
});

test("ports hold types only", () => {
  const runtime = sources
    .filter((file) => file.startsWith("src/ports/"))
    .filter((file) =>
      /^(export )?(const|let|function|class)|^import (?!type)/m.test(readFileSync(file, "utf8")),
    );
  expect(runtime).toEqual([]);
});
