import fc from "fast-check";
import { expect, test } from "vitest";

import { factsIn, piecesOf, renderDay } from "../../../src/core/memory/fact-files.ts";
import { readEdits } from "../../../src/core/memory/read-edits.ts";
import { renderTree } from "../../../src/core/memory/render-tree.ts";
import { tellOfFile } from "../../../src/core/memory/told-of-file.ts";
import type { Fact } from "../../../src/model/memory-fact.ts";
import { dailyEntries, dreamOn, hash } from "../../corpus/memory/dream-on.ts";

const changes = [
  ["web", "80", "02"],
  ["api", "800", "02"],
  ["db", "5432", "02"],
  ["web", "81", "03"],
  ["api", "801", "03"],
  ["db", "5433", "05"],
].map(([thing, port, day]) => ({
  text: `The port of ${thing} is ${port}`,
  at: `2026-03-${day}T10:00:00Z`,
}));
const { facts } = dreamOn(dailyEntries(changes));
const files = renderTree(facts);
const days = [...files.keys()].filter((path) => path.startsWith("archive/"));
const over = facts.filter(({ status }) => status === "superseded");

/** What a dream is told of a store after somebody wrote something else into one of its files. */
function editsAfter(path: string, text: string | undefined): ReturnType<typeof readEdits> {
  const tree = new Map(files);
  if (text === undefined) tree.delete(path);
  else tree.set(path, text);
  return readEdits({
    files,
    tree,
    unread: new Set(),
    isSaid: () => false,
    generation: 1,
    isTracked: () => false,
    at: "2026-05-01T00:00:00Z",
    hash,
    clean: (said) => said,
  });
}

function sourcesOf(some: readonly Fact[]): readonly unknown[] {
  return some.map(({ sources }) => ({ type: "forgot", at: "2026-05-01T00:00:00Z", sources }));
}

test("what holds has a file of its own; what stopped holding on one day has one together", () => {
  expect(over.length).toBe(3);
  expect(days.length).toBe(2);
  for (const path of days) {
    const held = factsIn(path, files.get(path) ?? "").map((read) => read.ok && read.value);
    const day = path.slice(-13, -3);
    expect(held).toEqual(over.filter((fact) => fact.valid_to?.startsWith(day)));
  }
  expect([...files.keys()].filter((path) => path.startsWith("project/")).length).toBe(3);
});

test("whatever facts say, a file of a day gives each of them back", () => {
  const [known] = over;
  if (known === undefined) throw new Error("nothing is over");
  const line = fc.oneof(
    fc.constantFrom("---", "\\---", "\\\\--- x", "---\r", " ---", "id: 01", "", "\\", "--"),
    fc.string({ unit: "binary", maxLength: 12 }),
  );
  const text = fc.array(line, { maxLength: 6 }).map((lines) => lines.join("\n").trim());
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 4 }), (texts) => {
      const some = texts.map((one) => ({ ...known, text: one }));
      const path = "archive/project/2026-03-04.md";
      const read = factsIn(path, renderDay(some)).map((one) => one.ok && one.value);
      expect(read).toEqual(some);
    }),
  );
});

test("in a file of a day each fact is edited by itself: removed it is forgotten, made active it is said anew", () => {
  const path = days.find((one) => one.endsWith("03.md")) ?? "";
  const [first = "", second = ""] = piecesOf(path, files.get(path) ?? "");
  const [gone, kept] = factsIn(path, files.get(path) ?? "").flatMap((one) =>
    one.ok ? [one.value] : [],
  );
  if (gone === undefined || kept === undefined) throw new Error("two facts are due");
  expect(editsAfter(path, second).entries).toEqual(sourcesOf([gone]));
  expect(editsAfter(path, undefined).entries).toEqual(sourcesOf([gone, kept]));
  expect(editsAfter(path, (first + second).replaceAll("\n", "\r\n")).entries).toEqual([]);
  const revived = editsAfter(path, first + second.replace("status: superseded\n", ""));
  expect(revived.entries).toMatchObject([
    { type: "forgot", sources: kept.sources },
    { type: "observed", observation: { origin: "user", text: kept.text, scope: "project" } },
  ]);
  const broken = editsAfter(path, `${first}---\nid: ${kept.id}\n---\nno fact any more\n`);
  expect(broken).toMatchObject({ entries: [], problems: [{ path }] });
});

test("a broken part of a file of a day keeps no other part from being read, and is gone for nobody", () => {
  const path = days.find((one) => one.endsWith("03.md")) ?? "";
  const [first = "", second = ""] = piecesOf(path, files.get(path) ?? "");
  const [one, two] = factsIn(path, files.get(path) ?? "").flatMap((read) =>
    read.ok ? [read.value] : [],
  );
  const edited = second.replace("is 80\n", "is 88\n");
  const broken = first.replace(/^evidence: .*$/m, "evidence: high");
  const both = editsAfter(path, broken + edited);
  expect(both.entries).toMatchObject([
    { type: "forgot", sources: two?.sources },
    { type: "observed", observation: { text: "The port of web is 88" } },
  ]);
  expect(both.problems.map(tellOfFile)).toEqual([
    expect.stringMatching(/evidence: .*that part is left as it is/),
  ]);
  expect(both.broken).toEqual(new Map([[path, broken]]));
  expect(both.absorbed.has(path)).toBe(true);
  // Without its last fence, with its id; without its first one, behind a part that was not touched.
  const open = editsAfter(path, first.replace(/\n---\n(?!id)/, "\n") + edited);
  expect(open.entries).toEqual(both.entries);
  const glued = editsAfter(path, first + second.replace("---\n", ""));
  expect(glued.entries).toEqual([]);
  expect(glued.absorbed.has(path)).toBe(false);
  // Removed beside a broken one that still has its id; and beside one that could be any.
  expect(editsAfter(path, broken).entries).toEqual(two === undefined ? [] : sourcesOf([two]));
  expect(editsAfter(path, broken.replace(/^id: .*$/m, "id: [")).entries).toEqual([]);
  const mended = editsAfter(path, `${files.get(path)}${first.replace(/is 8\d+\n/, "is 9\n")}`);
  expect(mended.entries).toMatchObject([
    { type: "forgot", sources: one?.sources },
    { type: "observed", observation: { text: "The port of api is 9" } },
  ]);
  const conflict = editsAfter(path, `${first}<<<<<<< a\n${edited}=======\n${second}>>>>>>> b\n`);
  expect(conflict).toMatchObject({ entries: [], broken: new Map() });
});

test("a note behind the last fact of a day is said, and no fact forgotten", () => {
  const [path = ""] = days;
  const noted = editsAfter(
    path,
    `${files.get(path)}\nAsk Ana before the port of web moves again.\n`,
  );
  expect(noted).toMatchObject({
    entries: [
      {
        type: "observed",
        observation: { origin: "user", text: "Ask Ana before the port of web moves again." },
      },
    ],
    problems: [],
  });
});

test("a file with a line of dashes that is none of a day is one fact", () => {
  const path = [...files.keys()].find((one) => one.startsWith("project/")) ?? "";
  const text = `${files.get(path)}\n---\nand more\n---\n`;
  expect(piecesOf(path, text)).toEqual([text]);
});
