import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, expect, test } from "vitest";

import { quote } from "../../../src/core/expression/functions.ts";
import { templateParts } from "../../../src/core/expression/resolve.ts";
import { whereQuotesHold } from "../../../src/core/plan/where-quotes-hold.ts";

const hole = "${{ quote(matrix.m) }}";
const folder = mkdtempSync(join(tmpdir(), "skein-quotes-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Whether bash runs something of a hostile value that stands there. */
function runs(script: string): boolean {
  const hostile = [
    "$(touch HIT)",
    "`touch HIT`",
    "\ntouch HIT\n",
    "'; touch HIT; '",
    "`; touch HIT; `",
    "\nE\ntouch HIT\n",
    "[$(touch HIT)]=1",
    "-va[$(touch HIT)]",
    "([$(touch HIT)]=1)",
    "touch HIT",
  ];
  for (const value of [...hostile, "a[$(touch HIT)]"]) {
    const text = script.replaceAll(hole, () => quote(value));
    try {
      execFileSync("bash", ["-c", text], { cwd: folder, stdio: "ignore" });
    } catch {
      // What is no command fails.
    }
  }
  const made = readdirSync(folder).includes("HIT");
  rmSync(join(folder, "HIT"), { force: true });
  return made;
}

function holds(script: string): boolean {
  const parts = templateParts(script);
  if (!parts.ok) throw new Error(parts.error.message);
  const held = whereQuotesHold(parts.value);
  return parts.value.every((part, at) => part.kind === "text" || held.has(at));
}

test.each([
  `echo ${hole}`,
  `X=${hole} true; echo "$X"`,
  `echo "$HOME"/${hole}.txt > /dev/null`,
  `git ls-files -z -- ${hole} | node -e '\n  1 // ${"it's".slice(0, 2)}\n'`,
  `for f in ${hole}; do [[ $f == ${hole} ]] && echo $(echo ${hole}); done`,
  `echo "$(echo ${hole})" \${x:-${hole}}`,
  `cat <<< ${hole}; case ${hole} in a) echo ${hole};; esac`,
  `f() { echo ${hole}; }; f; diff <(echo ${hole}) /dev/null; a=(${hole})`,
  `for ((i=0; i<3; i++)); do echo ${hole}; done`,
  `f() { local x=${hole}; printf -v y %s ${hole}; [ ${hole} = "$x" ] && test -n ${hole}; }; f`,
  `read -r x <<< ${hole}; [ ${hole} -eq 0 ]; [[ -n ${hole} && 0 -eq $i ]]; export x=${hole}`,
  `declare -A m; m[a]=${hole}; echo "\${m[a]}"; bash x.sh ${hole}; sort -c ${hole}`,
])("a value stands as one word in %s", (script) => {
  expect([holds(script), runs(script)]).toEqual([true, false]);
});

test.each([
  `echo "${hole}"`,
  `echo 'it is ${hole}'`,
  `cat <<E\n${hole}\nE`,
  `cat <<'E'\n${hole}\nE`,
  `cat <<E\n\${x:-${hole}}\nE`,
  `true # ${hole}`,
  `echo \`echo ${hole}\``,
  `echo $(( ${hole} ))`,
  `echo "\${x:-${hole}}"`,
  ...["-eq", "-ne", "-lt", "-le", "-gt", "-ge"].map((sign) => `[[ ${hole} ${sign} 0 ]]`),
  `[[ a == a && ! ( 0 -lt ${hole} ) ]]`,
  `[[ -v ${hole} ]]`,
  `[ -v ${hole} ]`,
  `test -v ${hole}`,
  `[ ! -v ${hole} ]`,
  `x[${hole}]=1`,
  `a=([${hole}]=1)`,
  `a=(1); echo \${a[${hole}]}`,
  `a=(1); echo "\${a[$((${hole}))]}"`,
  `a=1; echo \${a:${hole}}`,
  `a=1; echo \${a:0:${hole}}`,
  `let ${hole}`,
  `builtin let ${hole}`,
  `declare -i x=${hole}`,
  `declare -i x; x=${hole}`,
  `typeset -i x=${hole}`,
  `f() { local -i x=${hole}; }; f`,
  `declare -a x=${hole}`,
  `declare ${hole}=1`,
  `a=(1); unset ${hole}`,
  `printf -v ${hole} x`,
  `printf ${hole} x`,
  `read ${hole} <<< 1`,
  `for ((i=${hole}; i<3; i++)); do break; done`,
  `eval ${hole}`,
  `command eval ${hole}`,
  `bash -c ${hole}`,
  `echo | xargs /bin/sh -ec ${hole}`,
  `trap ${hole} EXIT`,
])("it is refused where its quotes would not hold: %s", (script) => {
  expect([holds(script), runs(script)]).toEqual([false, true]);
});

test("it is refused in a text that cannot be read", () => {
  expect(holds(`echo ${hole} "`)).toBe(false);
  expect(holds(`if ${hole}`)).toBe(false);
});
