import fc from "fast-check";
import { expect, test } from "vitest";

import { boundShards } from "../../../src/core/shard/bound-shards.ts";
import { groupByImports } from "../../../src/core/shard/group-by-imports.ts";
import { groupByOwner } from "../../../src/core/shard/group-by-owner.ts";
import { groupByPackage } from "../../../src/core/shard/group-by-package.ts";
import { importGraph } from "../../../src/core/shard/import-graph.ts";
import { inDependencyOrder, orderShards } from "../../../src/core/shard/in-order.ts";
import { shardProblem } from "../../../src/core/shard/shard-problem.ts";
import { folderOf, groupedBy, type Shard } from "../../../src/core/shard/shard.ts";

const segment = fc.constantFrom("a", "b", "c", "src", "test");
const path = fc
  .tuple(fc.array(segment, { maxLength: 3 }), fc.nat(30))
  .map(([folders, n]) => [...folders, `f${n}.ts`].join("/"));
const paths = fc.uniqueArray(path, { maxLength: 80 });

function bounded(files: readonly string[], maxFiles: number, minFiles: number): readonly Shard[] {
  return boundShards(groupedBy(files, folderOf), { maxFiles, minFiles });
}

function names(shards: readonly Shard[]): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(shards.map(({ name, files }) => [name, files]));
}

test("whatever the files and bounds, each file is in one shard, none is too large, names are unique, order does not matter", () => {
  fc.assert(
    fc.property(paths, fc.integer({ min: 1, max: 20 }), fc.nat(10), (files, max, least) => {
      const shards = bounded(files, max, Math.min(max, least));
      expect(shardProblem(shards, files)).toBeUndefined();
      for (const one of shards) expect(one.files.length).toBeLessThanOrEqual(max);
      expect(new Set(shards.map(({ name }) => name)).size).toBe(shards.length);
      expect(bounded(files.toReversed(), max, Math.min(max, least))).toEqual(shards);
    }),
  );
});

test("a file that comes changes few shards, however many there are", () => {
  const files = Array.from({ length: 400 }, (_, n) => `src/${n % 20}/f${n}.ts`);
  const before = new Set(bounded(files, 12, 4).map((shard) => shard.files.join()));
  for (const added of ["src/3/new.ts", "src/new.ts", "other/new.ts"]) {
    const after = bounded([...files, added], 12, 4).map((shard) => shard.files.join());
    expect(after.filter((one) => !before.has(one)).length).toBeLessThanOrEqual(3);
  }
});

/** Files that are no longer together with exactly those they were together with, of those that are in both. */
function movedBetween(before: readonly Shard[], after: readonly Shard[]): number {
  const kept = new Set(after.flatMap(({ files }) => files));
  const inBoth = new Set(before.flatMap(({ files }) => files.filter((file) => kept.has(file))));
  const sets = (shards: readonly Shard[]): readonly string[] =>
    shards.map(({ files }) => files.filter((file) => inBoth.has(file)).join("\n"));
  const old = new Set(sets(before));
  return sets(after)
    .filter((set) => set !== "" && !old.has(set))
    .reduce((sum, set) => sum + set.split("\n").length, 0);
}

const folders = fc.array(fc.tuple(fc.constantFrom("a", "b", "lib/x", "lib/y"), fc.nat(30)), {
  minLength: 20,
  maxLength: 60,
});
const tree = folders.chain((all) =>
  fc
    .array(fc.integer({ min: 1, max: 14 }), { minLength: all.length, maxLength: all.length })
    .map((sizes) => [
      ...new Set(
        all.flatMap(([folder, n], at) =>
          Array.from({ length: sizes[at] ?? 1 }, (_, file) => `${folder}/${n}/f${file}.ts`),
        ),
      ),
    ]),
);

test("a few files more or less move few others, whatever the tree", () => {
  const max = 10;
  fc.assert(
    fc.property(tree, fc.array(fc.nat(), { minLength: 1, maxLength: 3 }), (files, chances) => {
      const gone = new Set(chances.map((chance) => files[chance % files.length]));
      const fresh = chances.map((chance) => `${folderOf(files[chance % files.length]!)}/new.ts`);
      const changed = [...new Set([...files.filter((file) => !gone.has(file)), ...fresh])];
      for (const group of [folderOf, () => "all of it"]) {
        const [before, after] = [files, changed].map((all) =>
          boundShards(groupedBy(all, group), { maxFiles: max, minFiles: 4 }),
        );
        const moved = movedBetween(before ?? [], after ?? []);
        // Each change reaches the shard it is in and those beside it.
        expect(moved).toBeLessThanOrEqual(3 * max * (gone.size + fresh.length));
        expect(moved).toBeLessThanOrEqual(files.length);
      }
    }),
  );
});

test("on the whole a new file moves fewer files than one shard holds", () => {
  const max = 10;
  let [moved, count] = [0, 0];
  fc.assert(
    fc.property(tree, fc.nat(), (files, chance) => {
      const at = folderOf(files[chance % files.length]!);
      const [before, after] = [files, [...files, `${at}/new.ts`]].map((all) =>
        bounded(all, max, 4),
      );
      moved += movedBetween(before ?? [], after ?? []);
      count += 1;
    }),
    { seed: 7 },
  );
  expect(moved / count).toBeLessThan(max);
});

test("long rows of small folders stay as they were put together, but for those beside the change", () => {
  const max = 10;
  const sizes = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 80, maxLength: 120 });
  let [moved, count] = [0, 0];
  fc.assert(
    fc.property(sizes, fc.nat(), (all, chance) => {
      const files = all.flatMap((size, folder) =>
        Array.from({ length: size }, (_, file) => `src/d${folder}/f${file}.ts`),
      );
      const at = folderOf(files[chance % files.length]!);
      const [before, after] = [files, [...files, `${at}/new.ts`]].map((more) =>
        bounded(more, max, 6),
      );
      moved += movedBetween(before ?? [], after ?? []);
      count += 1;
    }),
    { seed: 7 },
  );
  expect(moved / count).toBeLessThan(max);
});

test("by imports, a file that imports what others import moves few of them", () => {
  const files = Array.from({ length: 300 }, (_, n) => `src/${n % 12}/f${n}.ts`);
  const graph = new Map(
    files.map((file, n) => [
      file,
      new Set(n < 12 ? [] : [files[n % 12] ?? "", files[n - 12] ?? ""]),
    ]),
  );
  const more = new Map([...graph, ["src/5/new.ts", new Set([files[40] ?? ""])]]);
  const bounds = { maxFiles: 20, minFiles: 5 };
  const [before, after] = [groupByImports(graph, bounds), groupByImports(more, bounds)];
  expect(shardProblem(after, [...more.keys()])).toBeUndefined();
  expect(movedBetween(before, after)).toBeLessThanOrEqual(2 * 20);
});

test("groups whose folders are the same keep names of their own", () => {
  const files = Array.from(
    { length: 12 },
    (_, n) => `src/${n % 3}/${n}.${n % 2 === 0 ? "ts" : "js"}`,
  );
  const shards = boundShards(
    groupedBy(files, (file) => (file.endsWith("ts") ? "@ts" : "@js")),
    { maxFiles: 2, minFiles: 1 },
  );
  expect(new Set(shards.map(({ name }) => name)).size).toBe(shards.length);
  expect(shards[0]?.name).toBe("@js src/0");
});

test("neighbours that are too small are put together, and a folder that is too large is divided", () => {
  const files = ["a/1.ts", "b/1.ts", "c/1.ts", ...Array.from({ length: 9 }, (_, n) => `d/${n}.ts`)];
  const shards = bounded(files, 4, 3);
  expect(shards[0]).toEqual({ name: "a and 2 more", files: ["a/1.ts", "b/1.ts", "c/1.ts"] });
  expect(shards.slice(1).every(({ name }) => name.startsWith("d "))).toBe(true);
});

test("packages are those of npm, Python, Go and Cargo, the nearest counts", () => {
  const all = [
    "package.json",
    "web/package.json",
    "web/src/a.ts",
    "web/deep/Cargo.toml",
    "web/deep/src/lib.rs",
    "py/pyproject.toml",
    "py/x/y.py",
    "cmd/go.mod",
    "cmd/main.go",
    "top.ts",
  ];
  const files = all.filter((file) => /\.(?:ts|rs|py|go)$/.test(file));
  expect(names(groupByPackage(files, all))).toEqual({
    ".": ["top.ts"],
    cmd: ["cmd/main.go"],
    py: ["py/x/y.py"],
    web: ["web/src/a.ts"],
    "web/deep": ["web/deep/src/lib.rs"],
  });
});

test("owners are those of the last rule that fits, as GitHub reads the file", () => {
  const owners = [
    "# everything",
    "*        @all",
    "*.js     @js # scripts",
    "/docs/   @docs",
    "apps/    @apps @web",
    "/build/* @build",
    "/free",
    "/app/[id]/ @app",
  ].join("\n");
  const files = [
    "x.ts",
    "x/y.js",
    "docs/a.js",
    "sub/apps/b.ts",
    "build/c.ts",
    "build/in/d.ts",
    "free",
    "app/[id]/page.ts",
  ];
  expect(names(groupByOwner(files, owners))).toEqual({
    "@app": ["app/[id]/page.ts"],
    "@all": ["build/in/d.ts", "x.ts"],
    "@js": ["x/y.js"],
    "@docs": ["docs/a.js"],
    "@apps @web": ["sub/apps/b.ts"],
    "@build": ["build/c.ts"],
    nobody: ["free"],
  });
});

test("imports of scripts, packages of the workspace and Python are followed", () => {
  const texts = new Map([
    ["a.ts", 'import {\n  x,\n} from "./lib/b.js";\nexport * from "@me/pkg/thing";'],
    ["lib/b.ts", 'const c = require("../c"); import("./index.js"); import "react";'],
    ["c/index.ts", ""],
    ["lib/index.ts", ""],
    ["packages/pkg/src/thing.ts", ""],
    ["app/main.py", "from . import util\nfrom .deep.more import one, two\nimport app.plain"],
    ["app/util.py", ""],
    ["app/deep/more.py", "from ..util import x"],
    ["app/plain.py", ""],
  ]);
  const graph = importGraph({ texts, packages: new Map([["@me/pkg", "packages/pkg"]]) });
  expect(Object.fromEntries([...graph].map(([file, to]) => [file, [...to].toSorted()]))).toEqual({
    "a.ts": ["lib/b.ts", "packages/pkg/src/thing.ts"],
    "lib/b.ts": ["c/index.ts", "lib/index.ts"],
    "c/index.ts": [],
    "lib/index.ts": [],
    "packages/pkg/src/thing.ts": [],
    "app/main.py": ["app/deep/more.py", "app/plain.py", "app/util.py"],
    "app/util.py": [],
    "app/deep/more.py": ["app/util.py"],
    "app/plain.py": [],
  });
});

const node = fc.nat(12).map(String);
const graphs = fc.array(fc.tuple(node, node), { maxLength: 40 }).map((edges) => {
  const graph = new Map<string, Set<string>>();
  for (const [from, to] of edges) {
    graph.set(to, graph.get(to) ?? new Set());
    graph.set(from, (graph.get(from) ?? new Set()).add(to));
  }
  return graph;
});

function reaches(
  graph: ReadonlyMap<string, ReadonlySet<string>>,
  from: string,
  to: string,
): boolean {
  const seen = new Set([from]);
  for (const one of seen) for (const next of graph.get(one) ?? []) seen.add(next);
  return seen.has(to);
}

test("in dependency order what is imported comes first, and only what forms a circle is together", () => {
  fc.assert(
    fc.property(graphs, (graph) => {
      const order = inDependencyOrder(graph);
      expect(order.flat().toSorted()).toEqual([...graph.keys()].toSorted());
      const place = new Map(order.flatMap((circle, at) => circle.map((one) => [one, at])));
      for (const a of graph.keys()) {
        for (const b of graph.keys()) {
          const together = reaches(graph, a, b) && reaches(graph, b, a);
          expect(place.get(a) === place.get(b)).toBe(together);
          if (reaches(graph, a, b)) expect(place.get(b)).toBeLessThanOrEqual(place.get(a) ?? -1);
        }
      }
    }),
  );
});

test("a chain of ten thousand imports is no trouble", () => {
  const chain = new Map(
    Array.from({ length: 10_000 }, (_, at) => [`f${at}`, new Set([`f${at + 1}`])]),
  );
  chain.set("f10000", new Set());
  expect(inDependencyOrder(chain)[0]).toEqual(["f10000"]);
});

test("by imports, shards hold circles together as far as they can, in dependency order", () => {
  const graph = new Map([
    ["app.ts", new Set(["one.ts"])],
    ["one.ts", new Set(["two.ts"])],
    ["two.ts", new Set(["one.ts", "base.ts"])],
    ["base.ts", new Set<string>()],
  ]);
  const shards = groupByImports(graph, { maxFiles: 2 });
  expect(shards.map(({ files }) => files)).toEqual([["base.ts"], ["one.ts", "two.ts"], ["app.ts"]]);
  const listed = ["app", "base", "one"].map((name) => ({
    name,
    files: name === "one" ? ["one.ts", "two.ts"] : [`${name}.ts`],
  }));
  expect(orderShards(listed, graph).map(({ name }) => name)).toEqual(["base", "one", "app"]);
});

test("what is no division of the files is told by the first file that is wrong", () => {
  const files = ["a", "b"];
  expect(shardProblem([{ name: "x", files: ["a"] }], files)).toBe("b is in no shard");
  expect(shardProblem([{ name: "x", files: ["a", "b", "a"] }], files)).toBe("a is in x and in x");
  expect(shardProblem([{ name: "x", files: ["a", "b", "c"] }], files)).toBe(
    "c in x is none of the task's files",
  );
  expect(
    shardProblem(
      [
        { name: "x", files },
        { name: "y", files: [] },
      ],
      files,
    ),
  ).toBe("y has no files");
});
