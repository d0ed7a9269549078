import fc from "fast-check";
import { expect, test } from "vitest";

import { type Place, placeTrouble, roomMin } from "../../../src/core/surroundings/place-trouble.ts";

const good: Place = { what: "the run's folder", path: "/run", isThere: true, freeBytes: roomMin };

test("folders that are there, can be written and have room are no trouble", () => {
  const freeBytes = fc.integer({ min: roomMin });
  fc.assert(
    fc.property(fc.array(freeBytes), (all) => {
      expect(placeTrouble(all.map((free) => ({ ...good, freeBytes: free })))).toBeUndefined();
    }),
  );
});

test("the first folder that is gone, refused or full is named with what to do", () => {
  const gone = { ...good, isThere: false, refused: "ENOENT" };
  const readOnly = { ...good, path: "/ro", refused: "EROFS" };
  const full = { ...good, path: "/full", freeBytes: 2048 };
  expect(placeTrouble([good, gone, full])).toMatchObject({
    kind: "environment",
    message: "the run's folder is gone: /run",
  });
  expect(placeTrouble([readOnly])?.hint).toContain("make its file system writable again");
  expect(placeTrouble([full])?.message).toContain("is full: 2 KB are left at /full");
});
