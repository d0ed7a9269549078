import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { redact, redacted } from "../../../src/core/secrets/redact.ts";
import { innocentLines } from "./innocent-lines.ts";
import { secretLines } from "./secret-lines.ts";

describe("redact", () => {
  test("the table is large enough to mean something", () => {
    expect(secretLines.length).toBeGreaterThanOrEqual(100);
    expect(innocentLines.length).toBeGreaterThanOrEqual(100);
  });

  test.each(secretLines)("takes out the secret of $around", ({ around, secret }) => {
    const clean = redact(around.replace("@@", secret));
    expect(clean).not.toContain(secret);
    expect(clean).toContain(redacted);
  });

  test.each(secretLines)("takes it out also of text within JSON: $around", ({ around, secret }) => {
    expect(
      redact(JSON.stringify({ content: `one\n${around.replace("@@", secret)}\ntwo` })),
    ).not.toContain(secret);
  });

  test.each(innocentLines)("leaves alone: %s", (line) => {
    expect(redact(line)).toBe(line);
  });

  test("leaves what is around a secret", () => {
    const line = "connecting to postgres://skein:hunter2@db.local:5432/main?sslmode=off now";
    expect(redact(line)).toBe(line.replace("hunter2", redacted));
  });

  test("a known value goes wherever it stands, whatever it looks like", () => {
    expect(redact("it is correct-horse, they say: correct-horse", ["correct-horse"])).toBe(
      `it is ${redacted}, they say: ${redacted}`,
    );
  });

  test("a known value too short to mean anything is not taken out of words", () => {
    expect(redact("a test of testing", ["test"])).toBe("a test of testing");
  });

  test("a private key whose start or end was cut off is still one", () => {
    const body = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQ";
    const begin = "-----BEGIN PRIVATE KEY-----";
    const end = "-----END PRIVATE KEY-----";
    expect(redact(`${begin}\n${body}\n${body}`)).toBe(begin + redacted);
    expect(redact(`${body}\n${body}\n${end}\n`)).toBe(`${redacted}${end}\n`);
    expect(redact(`${begin}\n${body}\n${end}\n`)).toBe(`${begin}${redacted}${end}\n`);
  });

  // What takes more than linear time over one of these does not come back within a test's time.
  test.each([
    "a",
    "password=",
    "://",
    "eyJ",
    "eyJaaaaaaaaaaaaa.",
    "-----BEGIN PRIVATE KEY-----",
    'password: "',
    "://a:b",
    "login a password ",
    "bearer ",
    "a.a.",
    "token ",
    "--token ",
    "aaa1Q~",
    "AAAAAAAAAAAAAA.",
    "a :=",
    "\\n",
    "[1;",
    "password='a.b.",
    "authorization: a ",
    "-u a:",
    "mysql ",
    "docker login ",
    "keytool -storepass ",
    "echo a ",
    "name: a ",
    "{kty:",
    "kty:{d:'",
    "arn:secret:",
    'kind: Secret data:{\\"',
    "host=;pwd= ",
    "kind: Secret\n---\n",
  ])("comes back from two megabytes of %j", (piece) => {
    const text = piece.repeat(Math.ceil(2_000_000 / piece.length));
    expect(redact(text).length).toBeGreaterThan(0);
  });

  test("nothing changes when it is done again", () => {
    const pieces = fc.constantFrom(
      ...secretLines.map(({ around, secret }) => around.replace("@@", secret)),
      ...innocentLines,
      "\n",
      '"',
      "password=",
      "://",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string()), { maxLength: 6 }), (parts) => {
        const once = redact(parts.join(""));
        expect(redact(once)).toBe(once);
      }),
      { numRuns: 500 },
    );
  });
});
