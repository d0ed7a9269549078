import { expect, test } from "vitest";

import { judgeScript } from "../../../../src/core/shell/judge-script.ts";
import type { ShellScene } from "../../../../src/core/shell/shell-scene.ts";
import { sceneOf } from "../scene-of.ts";

function decisionOn(
  command: string,
  files: readonly string[],
  changes: Partial<ShellScene> = {},
): string {
  const scene = sceneOf(
    Object.fromEntries(files.map((file) => [`/work/project/${file}`, "file"])),
    changes,
  );
  return judgeScript(command, { scene, secondOpinion: () => undefined }).decision;
}

test("a toolchain file names a folder of the project to run programs from, so the version is asked about", () => {
  expect(decisionOn("cargo --version", ["Cargo.toml"])).toBe("allow");
  expect(decisionOn("cargo --version", ["rust-toolchain.toml"])).toBe("ask");
  expect(decisionOn("rustc -V", ["rust-toolchain"])).toBe("ask");
  expect(decisionOn("go version", ["main.go"])).toBe("allow");
  expect(decisionOn("go version", ["go.mod"])).toBe("ask");
});

test("the file may stand in any folder above, up to the root", () => {
  const files = ["rust-toolchain.toml", "crates/a/Cargo.toml"];
  expect(decisionOn("cd crates/a && cargo --version", files)).toBe("ask");
});

test("the shim of a version manager is asked about where a file may choose what it runs", () => {
  const shims = { locate: (name: string) => `/home/dev/.asdf/shims/${name}` };
  expect(decisionOn("node --version", [".tool-versions"], shims)).toBe("ask");
  expect(decisionOn("node --version", ["README.md"], shims)).toBe("allow");
  expect(decisionOn("node --version", [".tool-versions"])).toBe("allow");
});
