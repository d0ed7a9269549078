import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";

import { expect, onTestFinished, test } from "vitest";

import { createPageFetcher, publicWeb } from "../../../src/adapters/web/fetch-page.ts";
import type { FetchedPage } from "../../../src/ports/page-fetcher.ts";

/** A real server on this machine, and a fetcher that may reach it and nothing else. */
async function serverOf(answer: RequestListener) {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(`${request.headers.host} ${request.url}`);
    answer(request, response);
  }).listen(0, "127.0.0.1");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  const fetchPage = createPageFetcher({
    mayReach: (address, asked) => address === "127.0.0.1" && asked === port,
    timeoutMs: 5_000,
  });
  return {
    port,
    seen,
    get: (path: string, host = "127.0.0.1"): Promise<FetchedPage> =>
      fetchPage(new URL(`http://${host}:${port}${path}`), new AbortController().signal),
  };
}

function page(type: string, body: string | Buffer): RequestListener {
  return (_, response) => response.setHeader("content-type", type).end(body);
}

test("a page of text comes as it is, one of HTML as what a reader sees", async () => {
  const plain = await serverOf(page("text/markdown; charset=utf-8", "# Größe\r\n"));
  expect(await plain.get("/a?b=c")).toMatchObject({
    kind: "page",
    status: 200,
    contentType: "text/markdown",
    text: "# Größe\n",
    isCut: false,
  });
  const html = await serverOf(
    page(
      "text/html",
      `<!doctype html><title>T &amp; t</title><style>p{}</style><script>steal()</script>
       <h1>Head</h1><p>Some <b>bold</b>&nbsp;text,<br>and&#x41; <a href="/x?a=1&amp;b=2">a link</a>
       <a href="javascript:x">b</a><!-- hidden --><ul><li>one<li>two</ul>`,
    ),
  );
  expect(await html.get("/")).toMatchObject({
    text: `T & t\n\nHead\n\nSome bold text,\nandA a link (http://127.0.0.1:${html.port}/x?a=1&b=2) b\n\n- one\n- two`,
  });
});

test("characters that nobody sees are taken out of what the model reads", async () => {
  const hidden = "\u{E006F}\u{E0062}\u{E0065}\u{E0079}";
  const { get } = await serverOf(
    page("text/plain; charset=utf-8", `a\u200bb\u202ec${hidden}\x1b[2Jd`),
  );
  expect(await get("/")).toMatchObject({ text: "abc[2Jd" });
});

test("redirects on the same host are followed, another host is named and not asked", async () => {
  const other = await serverOf(page("text/plain", "other"));
  const { get, seen, port } = await serverOf((request, response) => {
    const to = { "/1": "/2", "/away": `http://127.0.0.1:${other.port}/there`, "/round": "/round" };
    const next = to[request.url as keyof typeof to];
    if (next === undefined) response.setHeader("content-type", "text/plain").end("here");
    else response.writeHead(302, { location: next }).end();
  });
  expect(await get("/1")).toMatchObject({ url: `http://127.0.0.1:${port}/2`, text: "here" });
  expect(await get("/away")).toEqual({
    kind: "elsewhere",
    url: `http://127.0.0.1:${other.port}/there`,
  });
  expect(other.seen).toEqual([]);
  expect(await get("/round")).toEqual({
    kind: "refused",
    reason: "it redirects more than 5 times",
  });
  expect(seen.filter((line) => line.endsWith("/round"))).toHaveLength(6);
});

test.each([
  ["file:///etc/passwd", "it redirects to a file: address"],
  ["http://u:p@127.0.0.1/", "it redirects to an address with a password"],
  ["http://", "it redirects without an address"],
])("a redirect to %s is refused", async (location, reason) => {
  const { get } = await serverOf((_, response) => response.writeHead(301, { location }).end());
  expect(await get("/")).toEqual({ kind: "refused", reason });
});

test.each([
  ["image/png", "it is no text (image/png)"],
  ["application/octet-stream", "it is no text (application/octet-stream)"],
])("what is no text (%s) is refused", async (type, reason) => {
  const { get } = await serverOf(page(type, Buffer.from([0, 1])));
  expect(await get("/")).toEqual({ kind: "refused", reason });
});

test("a page that never ends is read up to a limit", async () => {
  const { get } = await serverOf((_, response) => {
    response.setHeader("content-type", "text/plain");
    const more = (): void => {
      while (response.write("x".repeat(65_536)));
      response.once("drain", more);
    };
    more();
  });
  const found = await get("/");
  expect(found).toMatchObject({ kind: "page", isCut: true });
  expect(found.kind === "page" && found.text.length).toBe(1024 * 1024);
});

test("a server that does not answer is left after a time, and at once when the agent is stopped", async () => {
  const { port } = await serverOf(() => {});
  const url = new URL(`http://127.0.0.1:${port}/`);
  const slow = createPageFetcher({ mayReach: () => true, timeoutMs: 50 });
  expect(await slow(url, new AbortController().signal)).toEqual({
    kind: "refused",
    reason: "it took longer than 0.05 s",
  });
  expect(await slow(url, AbortSignal.abort())).toEqual({
    kind: "refused",
    reason: "the agent was stopped",
  });
});

test("nothing listening, or a name nobody knows, is a reason and no error", async () => {
  const { port } = await serverOf(() => {});
  const fetchPage = createPageFetcher({ mayReach: () => true, timeoutMs: 5_000 });
  const ask = (url: string) => fetchPage(new URL(url), new AbortController().signal);
  expect(await ask("http://127.0.0.1:1/")).toMatchObject({
    reason: expect.stringMatching(/^it cannot be reached: .*ECONNREFUSED/),
  });
  expect(await ask(`http://no-such-name.invalid:${port}/`)).toEqual({
    kind: "refused",
    reason: "its host is not known",
  });
});

test.each([
  "http://127.0.0.1/",
  "http://localhost/",
  "http://2130706433/",
  "http://0x7f.1/",
  "http://0177.0.0.1/",
  "http://0/",
  "http://10.1.2.3/",
  "http://192.168.0.1/",
  "http://172.31.255.255/",
  "http://169.254.169.254/latest/meta-data/",
  "http://100.100.100.200/",
  "http://168.63.129.16/",
  "http://224.0.0.1/",
  "http://255.255.255.255/",
  "http://[::1]/",
  "http://[::]/",
  "http://[::ffff:127.0.0.1]/",
  "http://[::ffff:a9fe:a9fe]/",
  "http://[64:ff9b::7f00:1]/",
  "http://[2002:7f00:1::]/",
  "http://[2001:0:7f00:1::]/",
  "http://[fe80::1]/",
  "http://[fd00::1]/",
  "http://[ff02::1]/",
  "http://93.184.216.34:22/",
  "https://93.184.216.34:8443/",
])("%s is not on the public web", async (address) => {
  const fetchPage = createPageFetcher(publicWeb);
  expect(await fetchPage(new URL(address), new AbortController().signal)).toEqual({
    kind: "refused",
    reason: "it is not on the public web: only public addresses at ports 80 and 443 can be fetched",
  });
});

test("a name is judged by what it leads to: localhost by its address, not its name", async () => {
  const { port, seen } = await serverOf(page("text/plain", "inside"));
  const fetchPage = createPageFetcher({
    mayReach: (address) => address !== "127.0.0.1" && address !== "::1",
    timeoutMs: 5_000,
  });
  const found = await fetchPage(new URL(`http://localhost:${port}/`), new AbortController().signal);
  expect(found.kind).toBe("refused");
  expect(seen).toEqual([]);
});
