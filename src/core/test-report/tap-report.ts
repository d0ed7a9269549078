import { Parser } from "tap-parser";

import { type NamedTest, nameOf, reportOf, type TestReport } from "./test-report.ts";

/** TAP of any version, with subtests: a test is one that has none of its own. */
export function readTapReport(text: string): TestReport | undefined {
  if (!/^(?:TAP version \d+|1\.\.\d+\b.*)$/m.test(text)) return undefined;
  const tests: NamedTest[] = [];
  const parser = new Parser({ strict: false });
  listen(parser, [], tests);
  parser.end(text);
  return tests.length === 0 ? undefined : reportOf(tests);
}

function listen(parser: Parser, above: readonly string[], tests: NamedTest[]): void {
  // The results of a test's own subtests come before its own.
  const parents = new Set<string>();
  parser.on("child", (child: Parser) => {
    const name = child.name.trim();
    parents.add(name);
    listen(child, [...above, name], tests);
  });
  parser.on("assert", ({ ok, name, skip, todo }) => {
    const own = name.trim();
    if (parents.delete(own)) return;
    const status = skip !== false || todo !== false ? "skipped" : ok ? "passed" : "failed";
    tests.push({ name: nameOf([...above, own]), status });
  });
}
