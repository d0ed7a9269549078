import { type NamedTest, reportOf, type TestReport, type TestStatus } from "./test-report.ts";

const words: Readonly<Record<string, TestStatus>> = {
  PASSED: "passed",
  XPASS: "passed",
  FAILED: "failed",
  ERROR: "failed",
  SKIPPED: "skipped",
  XFAIL: "skipped",
};
const word = Object.keys(words).join("|");

const count = "\\d+ (?:passed|failed|errors?|skipped|deselected|xfailed|xpassed|warnings?|rerun)";
/** Between two rows of signs, but for `-q`. */
const lastLine = new RegExp(
  `^(?:=+ )?(no tests ran|${count}(?:, ${count})*) in [\\d.]+s(?: \\([\\d:]+\\))?(?: =+)?$`,
  "m",
);

/** A test's own line with `-v`, the same when pytest-xdist has several processes, and one of the short summary. */
const lines = [
  new RegExp(`^(?<name>\\S+::.+?) (?<word>${word})\\b`),
  new RegExp(`^\\[gw\\d+\\] \\[ *\\d+%\\] (?<word>${word}) (?<name>\\S+::.+?) *$`),
  new RegExp(`^(?<word>${word}) (?<name>\\S+?(?:\\[.*?\\])?)(?: - .*)?$`),
];

/** What pytest prints: with `-v` all tests, without those of its short summary and the counts of its last line. */
export function readPytestReport(text: string): TestReport | undefined {
  const last = lastLine.exec(text)?.[1];
  if (last === undefined) return undefined;
  const tests = new Map<string, NamedTest>();
  for (const line of text.split("\n")) {
    const found = lines.map((one) => one.exec(line)?.groups).find((one) => one !== undefined);
    const name = found?.["name"];
    const status = words[found?.["word"] ?? ""];
    if (name === undefined || status === undefined) continue;
    // One that passed may still fail when what it used is taken down.
    if (status === "failed" || !tests.has(name)) tests.set(name, { name, status });
  }
  const counted = (what: string): number =>
    Number(new RegExp(`(\\d+) ${what}`).exec(last)?.[1] ?? 0);
  return {
    ...reportOf([...tests.values()]),
    passed: counted("passed") + counted("xpassed"),
    failed: counted("failed") + counted("error"),
    skipped: counted("skipped") + counted("xfailed"),
  };
}
