import { parseJson } from "../parse-json.ts";
import { readCargoReport } from "./cargo-report.ts";
import { readGoJson, readGoText } from "./go-report.ts";
import { readJsonReport } from "./json-report.ts";
import { readJunitReport } from "./junit-report.ts";
import { readMochaReport } from "./mocha-report.ts";
import { readNodeReport } from "./node-report.ts";
import { readPytestReport } from "./pytest-report.ts";
import { readSummaryReport } from "./summary-report.ts";
import { readTapReport } from "./tap-report.ts";
import type { TestReport } from "./test-report.ts";

/**
 * Finds a report of tests in a file or in what a command printed: JSON of vitest, jest and mocha, JUnit's XML, TAP, and
 * what Node's runner, pytest, go test, cargo, vitest and jest print. Undefined: there is none that is understood. `root` is
 * the folder the tests ran in; names must not hold it, since it is another one each time.
 */
export function readTestReport(text: string, root: string): TestReport | undefined {
  const plain = text.replaceAll(colours, "").replaceAll(`${root}/`, "");
  return readJson(plain) ?? readText(plain);
}

const colours = new RegExp(`${String.fromCodePoint(0x1b)}\\[[0-9;]*m`, "g");

function readJson(text: string): TestReport | undefined {
  const whole = parseJson(text);
  if (whole !== undefined) return readJsonReport(whole) ?? readGoJson([whole]);
  const lines = text.split("\n").flatMap((line) => (line.startsWith("{") ? [parseJson(line)] : []));
  const found = lines.map(readJsonReport).findLast((report) => report !== undefined);
  return found ?? readGoJson(lines) ?? readIndented(text);
}

/** JSON over several lines among others that a package manager printed. */
function readIndented(text: string): TestReport | undefined {
  const start = text.search(/^\{$/m);
  const end = text.lastIndexOf("\n}");
  return start === -1 || end < start
    ? undefined
    : readJsonReport(parseJson(text.slice(start, end + 2)));
}

/** The more particular first. */
const readers = [
  readJunitReport,
  readNodeReport,
  readMochaReport,
  readPytestReport,
  readCargoReport,
  readGoText,
  readSummaryReport,
  readTapReport,
];

function readText(text: string): TestReport | undefined {
  for (const read of readers) {
    const report = read(text);
    if (report !== undefined) return report;
  }
  return undefined;
}
