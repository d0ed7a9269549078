import { parseXml, XmlElement } from "@rgrove/parse-xml";

import { type NamedTest, nameOf, reportOf, type TestReport } from "./test-report.ts";

/** JUnit's XML, as most runners can write it: suites of any depth with test cases in them. */
export function readJunitReport(text: string): TestReport | undefined {
  const start = text.search(/<\?xml|<testsuites?[\s>]/);
  if (start === -1) return undefined;
  const end = Math.max(text.lastIndexOf("</testsuites>"), text.lastIndexOf("</testsuite>"));
  const close = text.indexOf(">", end);
  try {
    const { root } = parseXml(text.slice(start, close === -1 ? undefined : close + 1));
    return root === null || !/^testsuites?$/.test(root.name) ? undefined : reportOf(casesIn(root));
  } catch {
    // Not well-formed: no report.
    return undefined;
  }
}

function casesIn(element: XmlElement): readonly NamedTest[] {
  const inside = element.children.filter((child) => child instanceof XmlElement);
  return inside.flatMap((child) => (child.name === "testcase" ? [caseOf(child)] : casesIn(child)));
}

function caseOf({ attributes, children }: XmlElement): NamedTest {
  const said = children.flatMap((child) => (child instanceof XmlElement ? [child.name] : []));
  const { file, classname, name } = attributes;
  return {
    name: nameOf([file, classname === file || classname === name ? undefined : classname, name]),
    status: said.some((one) => one === "failure" || one === "error")
      ? "failed"
      : said.includes("skipped")
        ? "skipped"
        : "passed",
  };
}
