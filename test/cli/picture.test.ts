import { expect, test } from "vitest";

import { openPicture } from "../../src/cli/picture.ts";
import { fakeIo } from "../support/fake-io.ts";
import { journalOf, runStarted } from "../support/run-story.ts";

const said = "\nstopping: running agents end at their next safe point; press Ctrl-C to quit\n";

test("what is said while a run is drawn stands above the picture, whole, and the picture is below it again", () => {
  const io = fakeIo({ isTTY: true, columns: 50 });
  const picture = openPicture({ io, kind: "live", entries: [] });
  for (const entry of journalOf([runStarted()])) picture.onEntry(entry);
  picture.tell(said);
  const drawn = io.err().slice(io.err().indexOf("stopping:"));
  expect(drawn).toMatch(
    /^stopping: running agents end at their next safe\n\S*point; press Ctrl-C to quit\n/,
  );
  expect(drawn).toContain("0 at work");
  picture.close();
});

test("where nothing is drawn it is written as it is", () => {
  const io = fakeIo();
  const picture = openPicture({ io, kind: "plain", entries: [] });
  picture.tell(said);
  picture.close();
  expect(io.err()).toBe(said);
});
