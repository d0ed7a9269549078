import { expect, test } from "vitest";

import { webFetchTool } from "../../../src/agent/tools/web-fetch-tool.ts";
import type { FetchedPage } from "../../../src/ports/page-fetcher.ts";
import { call, calling, resultsIn, submit, tellStory } from "../agent-rig.ts";
import { error, ok, use } from "./tool-rig.ts";

const fetchOf = (page: FetchedPage) => use(webFetchTool(() => Promise.resolve(page)));
const never = fetchOf({ kind: "refused", reason: "must not be asked" });

test.each([
  ["no address", /whole address such as/],
  ["/page", /whole address/],
  ["file:///etc/passwd", /http or https, not file:/],
  ["javascript:alert(1)", /http or https/],
  ["data:text/plain,x", /http or https/],
  ["ftp://example.org/", /http or https/],
  ["http://user@example.org/", /no user or password/],
  ["http://granted.org:x@evil.org/", /no user or password/],
  ["http://granted.org\\@evil.org/", /no (user|white space)/],
  ["http://exa\tmple.org/", /no white space/],
  ["http://exam\u200bple.org/", /no white space.*invisible|whole address/],
  ["http://example.org./", /no dot at the end/],
  [`http://example.org/${"x".repeat(2_000)}`, /url: /],
  [7, /url: /],
])("%s is refused with what was expected", async (url, said) => {
  expect(await never({ url })).toEqual(error(expect.stringMatching(said)));
});

test("rules see the host that is asked, however it is written", () => {
  const tool = webFetchTool(() => Promise.resolve({ kind: "refused", reason: "" }));
  for (const [url, host] of [
    ["HTTPS://EXAMPLE.org/Page", "example.org"],
    ["http://ex%61mple.org/", "example.org"],
    ["http://bücher.example/", "xn--bcher-kva.example"],
    ["http://2130706433/", "127.0.0.1"],
    ["http://[::1]/", "[::1]"],
  ] as const) {
    const prepared = tool.prepare({ url });
    expect(prepared.ok && prepared.value.subjects).toMatchObject([{ kind: "url", host }]);
  }
});

test("a page comes with where it is from; an error page and a move are tool errors", async () => {
  const page = {
    kind: "page",
    url: "https://example.org/",
    status: 200,
    contentType: "text/html",
    text: "Hello",
    isCut: false,
  } as const;
  const ask = { url: "https://example.org/" };
  expect(await fetchOf(page)(ask)).toEqual(
    ok("[https://example.org/ answered 200, text/html]\nHello"),
  );
  expect(await fetchOf({ ...page, status: 404, isCut: true })(ask)).toEqual(
    error("[https://example.org/ answered 404, text/html, only its beginning]\nHello"),
  );
  expect(await fetchOf({ kind: "elsewhere", url: "https://other.org/" })(ask)).toEqual(
    error(expect.stringMatching(/moved to another host.*call WebFetch with https:\/\/other\.org/)),
  );
  expect(await fetchOf({ kind: "refused", reason: "its host is not known" })(ask)).toEqual(
    error("The page was not fetched: its host is not known. Go on without it."),
  );
});

test("a host that no rule grants is not asked, though another one is granted", async () => {
  const story = await tellStory({
    turns: [calling(call("WebFetch", { url: "https://example.org/" })), calling(submit)],
    contract: {
      tools: ["WebFetch", "Submit"],
      permissions: {
        mode: "trusted",
        rules: [{ decision: "allow", rule: "WebFetch(other.org)", origin: "user" }],
      },
    },
  });
  expect(resultsIn(story.requests[1])).toEqual([
    expect.stringMatching(
      /WebFetch was not run: it needs a person.*no rule lets it reach this host/,
    ),
  ]);
});
