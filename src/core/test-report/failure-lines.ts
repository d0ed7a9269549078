import { printableLine } from "../printable.ts";
import { tellingLine } from "../telling-line.ts";

/**
 * The lines of a failed command's output that say why it failed, without empty ones: of tests the first that failed and what
 * they say. Undefined: nothing of the output says so more than the rest.
 */
export function failureLines(output: string, most: number): readonly string[] | undefined {
  const lines = output.split("\n").filter((line) => line.trim() !== "");
  const ofTap = tapFailures(lines);
  if (ofTap.length > 0) return ofTap.slice(0, most);
  const start = starts
    .map((begins) => lines.findIndex((line) => begins.test(line)))
    .find((at) => at !== -1);
  const at = start ?? toldAt(output, lines);
  return at === -1 ? undefined : lines.slice(at, at + most);
}

/** Where runners begin to tell of what failed: node:test, vitest, jest, pytest, go test, cargo, mocha. */
const starts: readonly RegExp[] = [
  /^\s*✖ failing tests:/,
  /^\s*FAIL\s+\S.* > /,
  /^\s*● /,
  /^E {2,}\S/,
  /^\s*--- FAIL: /,
  /^---- .* stdout ----$/,
  /^\s*\d+ failing$/,
];

function toldAt(output: string, lines: readonly string[]): number {
  const told = tellingLine(output);
  return told === undefined ? -1 : lines.findIndex((line) => printableLine(line).startsWith(told));
}

/** Of each test that failed, but for those that only hold such: its name, what is wrong, and where. */
function tapFailures(lines: readonly string[]): readonly string[] {
  return lines.flatMap((line, at) => {
    if (!/^\s*not ok\b/.test(line) || /# (?:TODO|SKIP)\b/i.test(line)) return [];
    const facts = factsAfter(lines, at);
    if (facts.some((fact) => /^failureType: '?subtestsFailed/.test(fact))) return [];
    return [
      line.trim(),
      ...errorIn(facts),
      ...facts.filter((fact) => /^(?:location|at): /.test(fact)),
    ];
  });
}

/** The block of YAML that a test's line may be followed by. */
function factsAfter(lines: readonly string[], at: number): readonly string[] {
  if (lines[at + 1]?.trim() !== "---") return [];
  const rest = lines.slice(at + 2);
  const end = rest.findIndex((line) => line.trim() === "...");
  return rest.slice(0, end === -1 ? undefined : end).map((line) => line.trim());
}

const isKey = /^[a-z_]\w*:(?: |$)/i;

/** What `error` says, on its own line or on those below; where there is none, what was expected and what came. */
function errorIn(facts: readonly string[]): readonly string[] {
  const at = facts.findIndex((fact) => fact.startsWith("error:"));
  if (at === -1) return facts.filter((fact) => /^(?:message|expected|actual): /.test(fact));
  const text = facts[at]?.slice("error:".length).trim() ?? "";
  if (!/^[|>]/.test(text)) return [text.replaceAll(/^'|'$/g, "")];
  const below = facts.slice(at + 1);
  const end = below.findIndex((fact) => isKey.test(fact));
  return below.slice(0, end === -1 ? undefined : end);
}
