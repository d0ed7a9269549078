import {
  type NamedTest,
  nameOf,
  reportOf,
  type TestReport,
  type TestStatus,
} from "./test-report.ts";

const words: Readonly<Record<string, TestStatus>> = { ok: "passed", FAILED: "failed" };

/** What `cargo test` prints, by the binary that each test is in; with `-q` only what failed is named. */
export function readCargoReport(text: string): TestReport | undefined {
  const tests: NamedTest[] = [];
  let binary = "";
  for (const line of text.split("\n")) {
    // The file's hash changes with every build.
    const running = /^\s*(?:Running (.+?)(?: \(.*\))?|Doc-tests (\S+))$/.exec(line);
    if (running !== null)
      binary = running[1] ?? (running[2] === undefined ? "" : `doc ${running[2]}`);
    const test = /^test (.+?) \.\.\. (ok|FAILED|ignored)\b/.exec(line);
    if (test === null) continue;
    tests.push({ name: nameOf([binary, test[1]]), status: words[test[2] ?? ""] ?? "skipped" });
  }
  return tests.length === 0 ? readQuiet(text) : reportOf(tests);
}

const result = /^test result: \w+\. (\d+) passed; (\d+) failed; (\d+) ignored;/gm;

function readQuiet(text: string): TestReport | undefined {
  const results = [...text.matchAll(result)];
  const sumOf = (at: number): number =>
    results.reduce((sum, found) => sum + Number(found[at] ?? 0), 0);
  // The list of names comes after what the tests said, last before the counts.
  const failed = [...text.matchAll(/^failures:\n((?: {4}\S.*\n)+)/gm)].flatMap(([, list = ""]) =>
    list.trimEnd().split("\n"),
  );
  if (results.length === 0) return undefined;
  const named = failed.map((name): NamedTest => ({ name: name.trim(), status: "failed" }));
  return { ...reportOf(named), passed: sumOf(1), failed: sumOf(2), skipped: sumOf(3) };
}
