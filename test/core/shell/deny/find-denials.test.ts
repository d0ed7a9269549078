import { expect, test } from "vitest";

import { findDenials } from "../../../../src/core/shell/deny/find-denials.ts";
import { sceneOf } from "../scene-of.ts";
import { deniedLines } from "./denied-lines.ts";
import { sparedLines } from "./spared-lines.ts";

const scene = sceneOf({
  "/work/project/src/a.ts": "file",
  "/work/project/out": "/home/dev",
  "/work/project/build/app": "file",
  "/home/dev/.ssh/id_rsa": "file",
  "/home/dev/.bashrc": "file",
});

function decide(text: string): string {
  return findDenials(text, { scene, cwd: scene.cwd }).decision;
}

for (const [what, lines] of Object.entries(deniedLines)) {
  test(`${what}: denied in every spelling`, () => {
    expect(lines.filter((line) => decide(line) !== "deny")).toEqual([]);
  });
}

for (const [what, lines] of Object.entries(sparedLines)) {
  test(`${what}: nothing of it is denied`, () => {
    expect(
      lines.flatMap((line) => {
        const { reasons } = findDenials(line, { scene, cwd: scene.cwd });
        return reasons.length > 0 ? [[line, ...reasons]] : [];
      }),
    ).toEqual([]);
  });
}
