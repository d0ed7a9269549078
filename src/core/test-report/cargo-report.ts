import {
  type NamedTest,
  nameOf,
  reportOf,
  type TestReport,
  type TestStatus,
} from "./test-report.ts";

const words: Readonly<Record<string, TestStatus>> = { ok: "passed", FAILED: "failed" };

/** What `cargo test` prints, by the binary that each test is in. */
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
  return tests.length === 0 ? undefined : reportOf(tests);
}
