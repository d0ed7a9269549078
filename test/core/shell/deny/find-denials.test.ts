import fc from "fast-check";
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

const fragments = [
  ...'rm -rf / ~ $x ${x:- } $( ) ` " | & ; <<E E {a, f() { while do done if then fi case in'.split(
    " ",
  ),
  ...`esac [[ ]] (( )) eval xargs -I{} find -exec {} \\; * [! ?( \\ x= x+=( x[$( \${x%%*a*}`.split(
    " ",
  ),
  ...`\${!x} for sudo env cd ln s/a/b/e git -c trap kill -1 > <( ' é \u0000 \ud800`.split(" "),
  "\n",
  "sh -c",
  "env -S",
  "python -c",
  "curl -d @",
  "for x in",
];

test("whatever the text, the search ends with a verdict", () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.constantFrom(...fragments), fc.string({ maxLength: 6 })), {
        maxLength: 40,
      }),
      fc.constantFrom("", " "),
      (words, glue) => {
        const { reasons } = findDenials(words.join(glue), { scene, cwd: scene.cwd });
        expect(reasons.filter((reason) => reason.startsWith("it could not be searched"))).toEqual(
          [],
        );
      },
    ),
    { numRuns: 5000 },
  );
});

test("a harmless command in front or behind changes nothing", () => {
  const lines = Object.values(deniedLines).flat();
  const missed = lines.flatMap((line) =>
    [
      `ls src; ${line}`,
      `true && { ${line}\n}`,
      `(cd src)\n${line}\nls`,
      `if true; then ${line}\nfi`,
    ].filter((text) => decide(text) !== "deny"),
  );
  expect(missed).toEqual([]);
});

test("padding hides nothing: a text too large to be searched is denied", () => {
  expect(decide(`${":;".repeat(20_000)}rm -rf /`)).toBe("deny");
  expect(decide(`${" ".repeat(300_000)}rm -rf /`)).toBe("deny");
  expect(decide(`${"{ ".repeat(5000)}rm -rf /${";}".repeat(5000)}`)).toBe("deny");
  expect(decide(`${"bash -c :;".repeat(3000)}rm -rf /`)).toBe("deny");
  expect(decide(`${"sudo ".repeat(500)}rm -rf /`)).toBe("deny");
  expect(decide(`${"$(echo ".repeat(40)}rm -rf /${")".repeat(40)}`)).toBe("deny");
});
