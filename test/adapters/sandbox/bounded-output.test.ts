import fc from "fast-check";
import { expect, test } from "vitest";

import { createBoundedOutput } from "../../../src/adapters/sandbox/bounded-output.ts";

const [headBytes, tailBytes] = [7, 11];

test("however output is cut into chunks, its first and last bytes are kept and the rest is counted", () => {
  const chunk = fc.string({ unit: fc.constantFrom("a", "b", "\n"), maxLength: 20 });
  fc.assert(
    fc.property(fc.array(chunk, { maxLength: 20 }), (chunks) => {
      const output = createBoundedOutput({ headBytes, tailBytes });
      for (const text of chunks) output.add(Buffer.from(text));
      const all = chunks.join("");
      const missing = all.length - headBytes - tailBytes;
      const expected =
        missing <= 0
          ? all
          : `${all.slice(0, headBytes)}\n… ${missing} bytes of output cut here …\n${all.slice(-tailBytes)}`;
      expect(output.text()).toBe(expected);
    }),
  );
});
