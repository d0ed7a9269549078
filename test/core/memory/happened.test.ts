import { expect, test } from "vitest";

import { dailyEntries, dreamOn } from "../../corpus/memory/dream-on.ts";

const active = (texts: readonly string[]): number =>
  dreamOn(dailyEntries(texts.map((text) => ({ text, origin: "model" as const })))).facts.filter(
    ({ status }) => status === "active",
  ).length;

test("what happened time after time takes nothing's place", () => {
  for (const said of [
    (thing: string, count: number) => `docker build for ${thing} done, ${count} layers cached`,
    (thing: string, count: number) => `Changelog entry ${count} lists ${thing} under internal`,
    (thing: string, count: number) => `Build ${count} of ${thing} failed with a timeout`,
  ]) {
    const texts = ["web-app", "mail-worker", "web-app", "docs-site", "mail-worker"].map(
      (thing, at) => said(thing, 11 + at),
    );
    expect([said("web-app", 1), active(texts)]).toEqual([said("web-app", 1), texts.length]);
  }
});

test("what things do in the same words of each is how they are, and has one value at a time", () => {
  const texts = ["web-app", "mail-worker", "docs-site", "cart-api", "web-app"].map(
    (thing, at) => `${thing} listens on port ${4000 + at}`,
  );
  expect(active(texts)).toBe(4);
});
