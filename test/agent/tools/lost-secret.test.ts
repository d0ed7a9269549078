import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { call, calling, resultsIn, submit, tellStory, tempTree } from "../agent-rig.ts";

test("a secret that an agent was not shown is not written over with the mark that stands for it", async () => {
  const root = tempTree({ "settings.txt": "//host/:_authToken=abc123\nsave=true\n" });
  const read = call("Read", { file_path: "settings.txt" });
  const story = await tellStory({
    turns: [
      calling(read),
      calling(
        call("Write", { file_path: "settings.txt", content: "//host/:_authToken=[redacted]\n" }),
      ),
      calling(
        call("Edit", {
          file_path: "settings.txt",
          old_string: "save=true",
          new_string: "a=[redacted]",
        }),
      ),
      calling(
        call("Edit", { file_path: "settings.txt", old_string: "save=true", new_string: "save=1" }),
      ),
      calling(submit),
    ],
    contract: { root },
  });
  const told = story.requests.flatMap((request) => resultsIn(request).slice(-1));
  expect(told[1]).toMatch(/was not written: the new text holds \[redacted\]/);
  expect(told[2]).toMatch(/was not changed: the new text holds \[redacted\]/);
  expect(readFileSync(join(root, "settings.txt"), "utf8")).toBe(
    "//host/:_authToken=abc123\nsave=1\n",
  );
});
