import { createHash } from "node:crypto";

import fc from "fast-check";
import { expect, test } from "vitest";

import { buildReport } from "../../../src/core/report/build-report.ts";
import { reportToHtml } from "../../../src/core/report/html/report-to-html.ts";
import { hostileText, journal } from "../../support/run-events.ts";
import { journalOf, runStarted, unitStory } from "../../support/run-story.ts";

const sha256 = (text: string): string => createHash("sha256").update(text).digest("base64");

const markup = fc.oneof(
  hostileText,
  fc.constantFrom(
    "</script><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</pre><style>*{}</style>",
    "' onclick='alert(1)",
    "<!--",
    "&lt;script&gt;",
  ),
);

test("whatever a run's names, reasons, diffs and outputs are, the page has our elements and no others", () => {
  fc.assert(
    fc.property(journal, markup, (entries, text) => {
      const files = { diff: `+${text}\n`, outputs: [{ command: text, text }] };
      const hostile = entries.map(({ event, ...rest }) => ({
        ...rest,
        event: event.kind === "unit-finished" ? { ...event, reason: text, summary: text } : event,
      }));
      const page = reportToHtml(buildReport(hostile), { sha256, filesOf: () => files });
      expect(page.match(/<script/g)).toHaveLength(1);
      expect(page.match(/<style/g)).toHaveLength(1);
      const tags = new Set([...page.matchAll(/<\/?([a-z]\w*)/gi)].map(([, tag = ""]) => tag));
      for (const tag of ["img", "iframe", "object", "svg", "form", "base"])
        expect(tags).not.toContain(tag);
      const outside = page
        .replace(/<script>[\s\S]*<\/script>/, "")
        .replace(/<style>[\s\S]*<\/style>/, "");
      expect(outside).not.toMatch(/<[^>]*\s(?:on\w+|style|src)\s*=/i);
    }),
    { numRuns: 60 },
  );
});

test("its groups are what is asked for, the largest first", () => {
  const report = buildReport(
    journalOf([
      runStarted(),
      ...unitStory("a", { outcome: "done" }),
      ...unitStory("b", { outcome: "failed", reason: "red <1>" }),
    ]),
  );
  const groupsOf = (more: object): readonly string[] => {
    const page = reportToHtml(report, { sha256, filesOf: () => ({ outputs: [] }), ...more });
    const [, table = ""] = /<table class="groups">(.*?)<\/table>/s.exec(page) ?? [];
    return [...table.matchAll(/<tr[^>]*>(.*?)<\/tr>/gs)].map(([, row = ""]) =>
      row
        .replaceAll(/<[^>]+>/g, " ")
        .replaceAll(/ +/g, " ")
        .trim(),
    );
  };
  expect(groupsOf({})).toEqual(["failed 1 red &lt;1&gt;"]);
  expect(groupsOf({ groupBy: ["task"] })).toEqual(["fix 2"]);
  expect(groupsOf({ groupBy: ["outcome"] })).toEqual(["done 1", "failed 1"]);
});

test("the page's own policy lets nothing run but the script and the style that are in it", () => {
  const page = reportToHtml(buildReport([]), { sha256, filesOf: () => ({ outputs: [] }) });
  const script = /<script>([\s\S]*)<\/script>/.exec(page)?.[1] ?? "";
  const style = /<style>([\s\S]*)<\/style>/.exec(page)?.[1] ?? "";
  expect(page).toContain(
    `content="default-src 'none'; style-src 'sha256-${sha256(style)}'; script-src 'sha256-${sha256(script)}'; base-uri 'none'; form-action 'none'"`,
  );
  expect(page).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
});
