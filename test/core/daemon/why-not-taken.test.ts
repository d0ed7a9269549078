import { expect, test } from "vitest";

import { whyNotTaken } from "../../../src/core/daemon/why-not-taken.ts";

test.each(["nightly.md", "Nightly Job.md", "sp ace ü.md", "-n.md", "a.b.md"])(
  "%s is taken: a space is harmless",
  (name) => {
    expect(whyNotTaken({ name, kind: "file" }, [".md"])).toBeUndefined();
  },
);

test.each([
  ["sub", "dir", "it is a folder"],
  ["link.md", "other", "it is a link"],
  ["notes.txt", "file", "does not end in .md"],
  ["a\nb.md", "file", "characters that cannot be shown"],
  ["a\u202Eb.md", "file", "characters that cannot be shown"],
  [`${"n".repeat(150)}.md`, "file", "more than 120 characters"],
] as const)("%j (%s) is left, with the reason", (name, kind, why) => {
  expect(whyNotTaken({ name, kind }, [".md"])).toContain(why);
});
