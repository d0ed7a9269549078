import { expect, test } from "vitest";

import { shellRig } from "./shell-rig.ts";

const setup = [
  "mkdir -p ~/.venv/bin ~/go/pkg/mod/x ~/.cargo ~/.cache/go-build ~/.config",
  "printf '#!/bin/sh\\necho hello\\n' > ~/.venv/bin/greet && chmod +x ~/.venv/bin/greet",
  "echo kept > ~/go/pkg/mod/x/file && echo secret > ~/.config/token",
  "ln -s /etc ~/.cargo/registry",
].join("; ");

test.each(["bubblewrap", "unsandboxed"] as const)(
  "what a setup command installed outside of the project is there for the commands after it (%s)",
  async (mode) => {
    await using rig = await shellRig({ mode });
    expect(await rig.output("ls -A ~")).toBe("");
    expect(await rig.output(setup, { network: true })).toBe("");
    expect(await rig.output("greet && cat ~/go/pkg/mod/x/file")).toBe("hello\nkept");
    expect(await rig.output('echo "$VIRTUAL_ENV $GOPROXY"')).toMatch(/\/\.venv off$/);
    // Caches and settings are each command's own.
    expect(await rig.output("mkdir -p ~/.cache/go-build && touch ~/.cache/go-build/x")).toBe("");
    expect(await rig.output("ls -A ~/.cache ~/.config")).toMatch(/^\[2\]/);
    // What a link leads to is nobody's dependency.
    expect(await rig.output("cat ~/.cargo/registry/passwd")).toMatch(/^\[1\]/);
    if (mode === "bubblewrap")
      expect(await rig.output("echo evil > ~/.venv/bin/greet")).toMatch(/^\[1\].*Read-only/);
  },
);
