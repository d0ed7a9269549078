import { expect, test } from "vitest";

import { outsideScope } from "../../src/core/scope.ts";

test.each([
  { write: ["packages/core/**"], files: ["packages/core/a.ts", "packages/core/.env"], outside: [] },
  { write: ["packages/core"], files: ["packages/core/deep/a.ts"], outside: [] },
  {
    write: ["packages/core/"],
    files: ["packages/corelib/a.ts"],
    outside: ["packages/corelib/a.ts"],
  },
  { write: ["./src/a.ts"], files: ["src/a.ts", "src/b.ts"], outside: ["src/b.ts"] },
  { write: ["app/[id].ts"], files: ["app/[id].ts"], outside: [] },
  { write: ["!src/**"], files: ["lib/a.ts"], outside: ["lib/a.ts"] },
  { write: [], files: ["a.ts"], outside: ["a.ts"] },
  { write: ["."], files: ["a.ts"], outside: [] },
  {
    write: ["**"],
    files: [".github/x.yml", ".vscode/settings.json", "a/.MCP.json", ".npmrc", ".git/config"],
    outside: [".vscode/settings.json", "a/.MCP.json", ".npmrc", ".git/config"],
  },
  { write: [".vscode/**"], files: [".vscode/settings.json"], outside: [] },
  { write: ["src/*.ts"], files: ["src/deep/a.ts"], outside: ["src/deep/a.ts"] },
])("scope $write leaves $outside of $files outside", ({ write, files, outside }) => {
  expect(outsideScope(files, write)).toEqual(outside);
});
