import { expect, test } from "vitest";

import { cleanFile, ownLines } from "../../../src/core/memory/clean-file.ts";
import { factId } from "../../../src/core/memory/fact-id.ts";
import { clean, hash } from "../../corpus/memory/dream-on.ts";

const token = `ghp_${"a1B2c3D4e5F6".repeat(3)}`;

test("what somebody wrote into a file loses its secrets, and no ids of memory's own, which look drawn", () => {
  const ids = Array.from({ length: 400 }, (_, seq) =>
    factId({ session: "s", seq, time: Date.UTC(2026, 0, 1) + seq * 977_777 }, hash),
  );
  const own = `id: ${ids[0]}\nsupersedes: ${JSON.stringify(ids)}\nsuperseded_by: ${ids[1]}\nhash: 46bd29615c5ecdc0\n`;
  const edited = `---\n${own}evidence: 4\n---\nThe token of web is in the vault, and so is the secret\n`;
  const at = { path: "project/web-token.md", text: edited };
  expect(cleanFile(at, { clean, own: ownLines({ [at.path]: edited }) })).toBe(edited);
  const secret = { ...at, text: `${edited}\uE0009\uE000\n${token}\n` };
  expect(cleanFile(secret, { clean, own: ownLines({ [at.path]: edited }) })).toBe(
    `${edited}\uE0009\uE000\n[redacted]\n`,
  );
  expect(cleanFile(at, { clean, own: new Set() })).not.toBe(edited);
});
