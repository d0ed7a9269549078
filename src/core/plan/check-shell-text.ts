import type { Diagnostic } from "../../model/diagnostic.ts";
import { isQuoted } from "../expression/resolve.ts";
import type { Path } from "./plan-path.ts";
import type { Source } from "./source.ts";

/** A number by itself, or an id. */
const isPlain =
  /^\s*(?:run\.id|workspace\.sha|[\w.-]+\.length|[\w.-]+\.exit-code|length\s*\([^()]*\))\s*$/;

/** Whether a value may stand in a script. `holds`: single quotes around it would hold there. */
export function checkShellText(
  source: Source,
  path: Path,
  { expression, holds }: { readonly expression: string; readonly holds: boolean },
): readonly Diagnostic[] {
  const quoted = isQuoted(expression);
  if (isPlain.test(expression) || (quoted && holds)) return [];
  return [
    source.at(path, {
      code: "E-SHELL-INTERPOLATION",
      message: quoted
        ? `the quotes of \${{${expression}}} do not hold here, so it would become shell text`
        : `\${{${expression}}} would become shell text`,
      expected: quoted
        ? `a place outside of other quotes, comments, here-documents and where bash computes or reads a word again (\`[[ … -eq … ]]\`, \`a[…]\`, let, eval, bash -c); or a variable in env: read as "$NAME"`
        : `quote(${expression.trim()}), or a variable in env: read as "$NAME"`,
    }),
  ];
}
