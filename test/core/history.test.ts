import fc from "fast-check";
import { expect, test } from "vitest";

import { createHistory } from "../../src/core/history.ts";
import type { CommitId } from "../../src/model/ids.ts";

const id = (name: string): CommitId => name as CommitId;

test("siblings meet at the commit both were made on", () => {
  const history = createHistory(id("base"));
  history.add(id("codemod"), [id("base")]);
  history.add(id("left"), [id("codemod")]);
  history.add(id("right"), [id("codemod")]);
  expect(history.mergeBase(id("left"), id("right"))).toBe("codemod");
});

test("a merge contains both its sides, though git sees a single parent", () => {
  const history = createHistory(id("base"));
  history.add(id("left"), [id("base")]);
  history.add(id("right"), [id("base")]);
  history.add(id("merged"), [id("left"), id("right")]);
  expect(history.isAncestor(id("right"), id("merged"))).toBe(true);
  expect(history.isAncestor(id("merged"), id("right"))).toBe(false);
});

test("on any graph, the merge base is an ancestor of both sides", () => {
  const graphs = fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 2, maxLength: 30 });
  fc.assert(
    fc.property(graphs, (edges) => {
      const history = createHistory(id("0"));
      edges.forEach(([a, b], index) => {
        history.add(id(String(index + 1)), [
          id(String(a % (index + 1))),
          id(String(b % (index + 1))),
        ]);
      });
      const [left, right] = [id(String(edges.length)), id(String(edges.length - 1))];
      const base = history.mergeBase(left, right);
      return history.isAncestor(base, left) && history.isAncestor(base, right);
    }),
  );
});
