import { expect, test } from "vitest";

import { withSameNames } from "../../../../src/core/memory/reading/same-names.ts";
import type { ReadKey } from "../../../../src/model/memory-reading.ts";

/** Of ten things each says its value, in two ways. */
const said = (
  predicate: string,
  values: readonly string[],
  ways: readonly string[],
): readonly [string, ReadKey][] =>
  Array.from({ length: 10 }, (_, at): [string, ReadKey] => {
    const [subject, value = ""] = [`svc-${at}`, values[at % values.length]];
    const text = (ways[at % 2] ?? "").replace("S", subject).replace("V", value);
    return [text, { subject, predicate, value }];
  });
const usual = [
  ...said("port", ["8000", "8001"], ["S answers on port V", "The port of S is V"]),
  ...said("region", ["eu-west-1", "us-east-1"], ["S is deployed to V", "S sits over in V"]),
  ...said("owner", ["Mira", "Jonas"], ["S is owned by V", "The owner of S is V"]),
  ...said("database", ["postgres", "sqlite"], ["S stores its rows in V", "The database of S is V"]),
];
const named = (text: string, key: ReadKey): string | undefined =>
  withSameNames(new Map([...usual, [text, key]])).get(text)?.predicate;

test("a rare name in words that texts of a usual one have is that one", () => {
  const key = { subject: "web", predicate: "answers port", value: "9000" };
  expect(named("web answers on port 9000", key)).toBe("port");
});

test("a name with a word of its own is another thing, and so is what is said otherwise", () => {
  const admin = { subject: "web", predicate: "admin port", value: "9000" };
  expect(named("web answers on admin port 9000", admin)).toBe("admin port");
  const linter = { subject: "web", predicate: "linter", value: "eslint" };
  expect(named("web is checked by eslint", linter)).toBe("linter");
});
