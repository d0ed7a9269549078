import { expect, test } from "vitest";

import { factId } from "../../../src/core/memory/fact-id.ts";
import { withoutErased } from "../../../src/core/memory/without-erased.ts";
import type { Observation } from "../../../src/model/memory-observation.ts";
import { hash } from "../../corpus/memory/dream-on.ts";

function said(seq: number, text: string): Observation {
  return { session: "s", seq, at: "2026-05-01T00:00:00Z", origin: "user", text };
}

const owner = said(1, "The owner of web is *Zelda* Quux");
const short = said(2, "use npm");
const left = withoutErased([owner, short], hash);
const id = factId({ ...owner, time: 0 }, hash);
const other = "---\nid: 01KJPZV28049EBB50RNBSCVGY7\n---\nWe use npm ci in CI.\n";

test("a file that has the words of what is erased, however they are broken or marked, is gone", () => {
  expect(left("project/a.md", "so:\nthe owner  of web\nis Zelda _Quux_.\n")).toBeUndefined();
  expect(left("project/a.md.kept", "use npm\n")).toBeUndefined();
});

test("a file that is of an erased fact by its id is gone, whatever it says", () => {
  expect(left("project/a.md", `<<<<<<< a\nid: "${id}"\nother words\n`)).toBeUndefined();
  expect(left(`project/web-${id.slice(-8).toLowerCase()}.md.kept-2`, "other\n")).toBeUndefined();
  const index = `# Memory\n\n- [${id.slice(-8).toLowerCase()}](project/x.md) — The owner of w…\n`;
  expect(left("INDEX.md.kept", index)).toBeUndefined();
});

test("what has short words in others, or points at the id, stays; of a day only the part goes", () => {
  expect(left("project/a.md", other)).toBe(other);
  const linked = `---\nsupersedes: ["${id}"]\n---\nThe owner of web is Ana\n`;
  expect(left("project/a.md", linked)).toBe(linked);
  const part = `---\nid: ${id}\nbroken\n---\nold words\n\\--- x\n`;
  expect(left("archive/project/2026-05-01.md.kept", part + other)).toBe(other);
});
