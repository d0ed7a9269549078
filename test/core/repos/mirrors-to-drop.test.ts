import fc from "fast-check";
import { expect, test } from "vitest";

import { byteSize, shownBytes } from "../../../src/core/repos/byte-size.ts";
import { type KnownMirror, mirrorsToDrop } from "../../../src/core/repos/mirrors-to-drop.ts";

const mirrors = fc.uniqueArray(
  fc.record({
    slug: fc.stringMatching(/^[a-z]{1,6}$/),
    bytes: fc.nat(1_000),
    usedAt: fc.nat(1_000),
    isInUse: fc.boolean(),
  }),
  { selector: ({ slug }) => slug, maxLength: 12 },
);

test("what is in use or was used lately stays as long as there is room; then the oldest go, and no more than needed", () => {
  fc.assert(
    fc.property(mirrors, fc.nat(1_000), fc.nat(4_000), (all, idleMs, bytesMax) => {
      const order = mirrorsToDrop(all, { now: 1_000, idleMs, bytesMax });
      const dropped = new Set(order);
      const isGone = (one: KnownMirror): boolean => dropped.has(one.slug);
      const free = all.filter((one) => !one.isInUse);
      expect(all.filter((one) => one.isInUse).some(isGone)).toBe(false);
      expect(free.filter((one) => 1_000 - one.usedAt > idleMs).every(isGone)).toBe(true);
      const left = all.filter((one) => !isGone(one));
      const leftBytes = left.reduce((sum, { bytes }) => sum + bytes, 0);
      if (leftBytes > bytesMax) expect(left.every((one) => one.isInUse)).toBe(true);
      const forRoom = free.filter((one) => isGone(one) && 1_000 - one.usedAt <= idleMs);
      const newest = forRoom.find(({ slug }) => slug === order.at(-1));
      if (newest !== undefined) {
        expect(leftBytes + newest.bytes).toBeGreaterThan(bytesMax);
        expect(left.filter((one) => !one.isInUse).every((one) => one.usedAt >= newest.usedAt)).toBe(
          true,
        );
      }
    }),
  );
});

test("sizes are read and shown as people write them", () => {
  expect(["500M", "20G", "1.5gb", "12", "x", "-1", ""].map(byteSize)).toEqual([
    5e8,
    2e10,
    1.5e9,
    12,
    undefined,
    undefined,
    undefined,
  ]);
  expect([0, 999, 1_500, 2e7, 3.21e9].map(shownBytes)).toEqual([
    "0 B",
    "999 B",
    "1.5 kB",
    "20 MB",
    "3.2 GB",
  ]);
});
