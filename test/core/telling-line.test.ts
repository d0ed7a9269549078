import fc from "fast-check";
import { expect, test } from "vitest";

import { tellingLine } from "../../src/core/telling-line.ts";

test.each([
  [
    "node:internal/modules/cjs/loader:1031\n      throw new ERR_UNKNOWN_BUILTIN_MODULE(request);\n            ^\n\nError [ERR_UNKNOWN_BUILTIN_MODULE]: No such built-in module: node:sqlite\n    at Module._load",
    "Error [ERR_UNKNOWN_BUILTIN_MODULE]: No such built-in module: node:sqlite",
  ],
  [
    "npm error code EUSAGE\nnpm error\nnpm error `npm ci` can only install with an existing package-lock.json\nnpm error A complete log of this run can be found in: /x.log",
    "npm error `npm ci` can only install with an existing package-lock.json",
  ],
  [
    "\u001B[31mTypeError: x is not a function\u001B[39m\n    at y\nnpm error Lifecycle script failed",
    "TypeError: x is not a function",
  ],
  [
    "warning: unused\nerror[E0425]: cannot find value `x` in this scope",
    "error[E0425]: cannot find value `x` in this scope",
  ],
  ["running\nsh: 1: vitest: not found", "sh: 1: vitest: not found"],
  ["3 passed\n1 failed", undefined],
])("of what a failed command printed, the line that says why: %#", (output, line) => {
  expect(tellingLine(output)).toBe(line);
});

test("whatever was printed, it is one short line that steers no terminal", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 400 }), (text) => {
      const line = tellingLine(`fatal: ${text}\nError: ${text.repeat(3)}`) ?? "";
      expect(line.length).toBeLessThanOrEqual(200);
      for (const steering of ["\n", "\u001B", "\u009B"]) expect(line).not.toContain(steering);
    }),
  );
});
