import fc from "fast-check";
import { expect, test } from "vitest";

import { splitWish } from "../../../src/core/publish/split-wish.ts";
import { isBranchName } from "../../../src/core/repos/ref-name.ts";
import type { PublishWish } from "../../../src/model/publish.ts";

const wish: PublishWish = {
  branch: "swarm/x",
  ifExists: "skip",
  pr: "draft",
  via: "gh",
  title: "Words",
  body: "Made by Skein.",
  labels: [],
};

test("each package has a branch and a title that name it", () => {
  const folders = [".", "packages/a"];
  const own = folders.map((folder) => splitWish(wish, folder, folders));
  expect(own.map(({ branch }) => branch)).toEqual(["swarm/x-top", "swarm/x-packages-a"]);
  expect(own.map(({ title }) => title)).toEqual(["Words (the top folder)", "Words (packages/a)"]);
  expect(own[1]?.body).toContain("The share of one package of 2: packages/a.");
});

test("whatever folders are called, no two shares have one branch, and git and its servers take their names", () => {
  const folder = fc.oneof(
    fc.constantFrom(".", "top", "a/b", "a-b", "a b", "a.b", "-"),
    fc.string({ minLength: 1, unit: "grapheme" }),
  );
  fc.assert(
    fc.property(fc.uniqueArray(folder, { minLength: 1, maxLength: 8 }), (folders) => {
      const own = folders.map((one) =>
        splitWish({ ...wish, title: "t".repeat(250) }, one, folders),
      );
      expect(new Set(own.map(({ branch }) => branch)).size).toBe(folders.length);
      for (const { branch, title } of own) {
        expect(isBranchName(branch)).toBe(true);
        expect(title.length).toBeLessThanOrEqual(250);
        expect(title).not.toContain("\n");
      }
    }),
  );
});
