import { expect, test } from "vitest";

import { likelyOthers, type Suspect } from "../../../src/core/reduce/other-side.ts";
import type { UnitId } from "../../../src/model/ids.ts";

function suspect(id: string, files: readonly string[], ...diff: readonly string[]): Suspect {
  return { id: id as UnitId, files, diff: diff.join("\n") };
}

const rename = suspect(
  "rename",
  ["lib.js"],
  "--- a/lib.js",
  "+++ b/lib.js",
  "-exports.oldName = 1;",
  "+exports.newName = 1;",
);
const docs = suspect("docs", ["docs/guide.md"], "+How to use oldName");
const style = suspect("style", ["a.css"], "-color: red", "+color: blue");

test("whoever took away what the other newly uses comes first, whoever has nothing to do with it not at all", () => {
  const found = likelyOthers(
    { diff: "+lib.oldName()", error: "TypeError: lib.oldName is not a function\n at other.js:1" },
    [style, docs, rename],
  );
  expect(found.map(({ id }) => id)).toEqual(["rename"]);
});

test("it may be the later one that took something away, and the error may name no more than a file", () => {
  const user = suspect("user", ["user.js"], "+lib.oldName()");
  expect(likelyOthers({ diff: rename.diff, error: "exit 1" }, [style, user])).toEqual([user]);
  expect(likelyOthers({ diff: "+x", error: "bad rule in a.css:3" }, [user, style])).toEqual([
    style,
  ]);
  expect(likelyOthers({ diff: "", error: "exit 1" }, [user, style])).toEqual([]);
});
