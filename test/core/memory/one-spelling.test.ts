import { expect, test } from "vitest";

import { inOneSpelling } from "../../../src/core/memory/claim/one-spelling.ts";

function predicates(...keys: readonly (readonly [string, string, string])[]): readonly string[] {
  const observations = keys.map(([subject, predicate, value], seq) => ({
    session: "s",
    seq,
    at: "2026-03-01T10:00:00Z",
    origin: "run" as const,
    text: "",
    subject,
    predicate,
    value,
  }));
  return inOneSpelling(observations).map(({ predicate }) => predicate ?? "");
}

test("a key that somebody spells in the plural is the one in the singular", () => {
  expect(
    predicates(
      ["web", "log-level", "info"],
      ["cart", "log-level", "debug"],
      ["web", "log levels", "warn"],
      ["docs", "Public URL", "https://a.example"],
      ["docs", "public_URLs", "https://b.example"],
    ),
  ).toEqual(["log-level", "log-level", "log-level", "Public URL", "Public URL"]);
});

test("what things have several of stays in the plural, beside what they have one of", () => {
  const keys = [
    ["web", "language", "Go"],
    ["web", "languages", "en"],
    ["web", "languages", "de"],
    ["cart", "languages", "en"],
    ["cart", "languages", "fr"],
  ] as const;
  expect(predicates(...keys)).toEqual(keys.map(([, predicate]) => predicate));
});

test("owners and maintainers are two, though both words mean much the same", () => {
  expect(predicates(["web", "owner", "Ana"], ["web", "maintainers", "Ben"])).toEqual([
    "owner",
    "maintainers",
  ]);
});

test("keys are spelt as most spell them", () => {
  expect(
    predicates(
      ["web", "log level", "info"],
      ["cart", "logLevel", "debug"],
      ["docs", "log level", "warn"],
      ["docs", "log/level", "warn"],
    ),
  ).toEqual(["log level", "log level", "log level", "log/level"]);
});
