import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import fc from "fast-check";
import { expect, test } from "vitest";

import { applyEdits } from "../../../src/agent/tools/apply-edits.ts";
import { error, ok, toolsOn } from "./tool-rig.ts";

const one = { old_string: "one", new_string: "two" };

test("a file never read is not changed, and the agent is told to read it", async () => {
  const { root, edit, write } = toolsOn({ "a.txt": "one" });
  const refused = error(
    "a.txt was not changed: you have not read it. Read it first, then make the change.",
  );
  expect(await edit({ file_path: "a.txt", ...one })).toEqual(refused);
  expect(await write({ file_path: "a.txt", content: "new" })).toEqual(refused);
  expect(readFileSync(join(root, "a.txt"), "utf8")).toBe("one");
});

test("a file changed under the agent is not changed until it is read again", async () => {
  const { root, read, edit, write } = toolsOn({ "a.txt": "one\nother\n" });
  await read({ file_path: "a.txt", view_range: [1, 1] });
  // The part that the agent has seen is the same, the file is not.
  writeFileSync(join(root, "a.txt"), "one\nchanged\n");
  const refused = error(expect.stringMatching(/no longer as you read it.*Read it again/));
  expect(await edit({ file_path: "a.txt", ...one })).toEqual(refused);
  expect(await write({ file_path: "a.txt", content: "new" })).toEqual(refused);
  expect(readFileSync(join(root, "a.txt"), "utf8")).toBe("one\nchanged\n");
  await read({ file_path: "a.txt" });
  expect((await edit({ file_path: "a.txt", ...one })).isError).toBe(false);
  expect(readFileSync(join(root, "a.txt"), "utf8")).toBe("two\nchanged\n");
});

test("what the agent wrote itself it knows, by whatever name", async () => {
  const { edit, write } = toolsOn({});
  await write({ file_path: "deep/new.txt", content: "one one" });
  expect(await edit({ file_path: "./deep/../deep/new.txt", ...one, replace_all: true })).toEqual(
    ok("edited ./deep/../deep/new.txt (2 replacement(s))"),
  );
  expect(await edit({ file_path: "deep/new.txt", old_string: "two two", new_string: "3" })).toEqual(
    ok("edited deep/new.txt (1 replacement(s))"),
  );
});

test("a file put back as it was may be changed: it is the one that was read", async () => {
  const { root, read, edit } = toolsOn({ "a.txt": "one" });
  await read({ file_path: "a.txt" });
  writeFileSync(join(root, "a.txt"), "other");
  writeFileSync(join(root, "a.txt"), "one");
  expect((await edit({ file_path: "a.txt", ...one })).isError).toBe(false);
});

test("several edits of one call are all made, each on what the one before left", async () => {
  const { root, read, edit } = toolsOn({ "a.txt": "a\nb\nc\n" });
  await read({ file_path: "a.txt" });
  const edits = [
    { old_string: "a", new_string: "x\ny" },
    { old_string: "y\nb", new_string: "z" },
    { old_string: "\n", new_string: ";", replace_all: true },
  ];
  expect(await edit({ file_path: "a.txt", edits })).toEqual(ok("edited a.txt (5 replacement(s))"));
  expect(readFileSync(join(root, "a.txt"), "utf8")).toBe("x;z;c;");
});

test.each([
  [[{ old_string: "none", new_string: "x" }], /of edit 2 not found\. Copy it exactly/],
  [[{ old_string: "a", new_string: "x" }], /of edit 2 not found after the edits before it/],
  [[{ old_string: "b", new_string: "x" }], /of edit 2 appears 2 times.*replace_all/],
  [[{ old_string: "b", new_string: "b" }], /of edit 2 are the same/],
])("when one edit cannot be made none is: %o", async (more, said) => {
  const { root, read, edit } = toolsOn({ "a.txt": "a b b" });
  await read({ file_path: "a.txt" });
  const edits = [{ old_string: "a", new_string: "c" }, ...more];
  expect(await edit({ file_path: "a.txt", edits })).toEqual(error(expect.stringMatching(said)));
  expect(readFileSync(join(root, "a.txt"), "utf8")).toBe("a b b");
});

test("line ends of another kind are named when they are all that differs", async () => {
  const { read, edit } = toolsOn({ "a.txt": "one\r\ntwo\r\n" });
  await read({ file_path: "a.txt" });
  expect(await edit({ file_path: "a.txt", old_string: "one\ntwo", new_string: "x" })).toEqual(
    error(expect.stringContaining(String.raw`the file's lines end in \r\n`)),
  );
});

test("applied edits change what was named and nothing around it, whatever characters there are", () => {
  const text = fc.string({ unit: "grapheme", maxLength: 40 });
  fc.assert(
    fc.property(text, text, fc.string({ minLength: 1 }), text, (before, after, mark, fresh) => {
      const whole = `${before}${mark}${after}`;
      fc.pre(whole.split(mark).length === 2 && mark !== fresh);
      const edited = applyEdits(whole, [{ old_string: mark, new_string: fresh }]);
      expect(edited).toEqual({ ok: true, value: { text: `${before}${fresh}${after}`, places: 1 } });
    }),
  );
});
