import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { McpServer as SdkServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { expect, onTestFinished, test, vi } from "vitest";
import * as z from "zod";

import { type Mcp, openMcp } from "../../../src/adapters/mcp/open-mcp.ts";
import type { McpServer } from "../../../src/model/mcp.ts";

const filesystem = fileURLToPath(
  import.meta.resolve("@modelcontextprotocol/server-filesystem/dist/index.js"),
);
const { signal } = new AbortController();

function open(servers: Readonly<Record<string, McpServer>>, startMs = 10_000): Promise<Mcp> {
  return openMcp({
    servers: Object.entries(servers).map(([name, server]) => ({ name, server, origin: "user" })),
    cwd: tmpdir(),
    env: { PATH: process.env["PATH"] ?? "" },
    startMs,
    callMs: 10_000,
  });
}

function folder(): string {
  return realpathSync(mkdtempSync(join(tmpdir(), "skein-mcp-")));
}

/** A server written for the occasion: JSON lines on standard input and output. */
function node(body: string): McpServer {
  const file = join(folder(), "server.mjs");
  const answer = `
    import { createInterface } from "node:readline";
    const say = (id, result) => console.log(JSON.stringify({ jsonrpc: "2.0", id, result }));
    createInterface({ input: process.stdin }).on("line", (line) => {
      const { id, method, params } = JSON.parse(line);
      if (method === "initialize")
        say(id, { protocolVersion: params.protocolVersion, capabilities: { tools: {} }, serverInfo: { name: "t", version: "1" } });
      if (method === "tools/list") say(id, { tools: [{ name: "do", inputSchema: { type: "object" } }] });
      if (method === "tools/call") void (async () => { ${body} })();
    });`;
  writeFileSync(file, answer);
  return { command: process.execPath, args: [file], env: {} };
}

const said = (text: string): string => `say(id, { content: [{ type: "text", text: ${text} }] });`;

test("the tools of a server from npm are offered and called, and it sees no variable of ours", async () => {
  const root = folder();
  writeFileSync(join(root, "a.txt"), "hello");
  await using mcp = await open({
    fs: { command: process.execPath, args: [filesystem, root], env: {} },
  });
  expect(mcp.warnings).toEqual([]);
  const names = mcp.tools.map(({ name }) => name);
  expect(names).toEqual(names.toSorted());
  expect(names).toContain("mcp__fs__read_text_file");
  const read = await mcp.call("mcp__fs__read_text_file", { path: join(root, "a.txt") }, signal);
  expect(read).toEqual({ text: "hello", isError: false });
  expect(await mcp.call("mcp__fs__read_text_file", { path: "/etc/passwd" }, signal)).toMatchObject({
    isError: true,
    text: expect.stringContaining("denied"),
  });
  expect(await mcp.call("mcp__fs__read_text_file", { path: 7 }, signal)).toMatchObject({
    isError: true,
  });
  expect(await mcp.call("mcp__fs__nothing", {}, signal)).toMatchObject({ isError: true });
});

test("a server over HTTP is called like one that is a process", async () => {
  const sdk = new SdkServer({ name: "h", version: "1" });
  sdk.registerTool("add", { inputSchema: { a: z.number(), b: z.number() } }, ({ a, b }) => ({
    content: [{ type: "text", text: String(a + b) }],
  }));
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: () => randomUUID() });
  await sdk.connect(transport);
  const headers: unknown[] = [];
  const server = createServer((request, response) => {
    headers.push(request.headers["x-key"]);
    void transport.handleRequest(request, response);
  }).listen(0, "127.0.0.1");
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await sdk.close();
  });
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`;
  await using mcp = await open({ math: { url, headers: { "x-key": "k" } } });
  expect(mcp.warnings).toEqual([]);
  expect(await mcp.call("mcp__math__add", { a: 2, b: 3 }, signal)).toEqual({
    text: "5",
    isError: false,
  });
  expect(new Set(headers)).toEqual(new Set(["k"]));
});

test("a server that crashes is a tool's error and is started again, three times and no more", async () => {
  await using mcp = await open({ bad: node("process.exit(3);") });
  const texts: string[] = [];
  for (let count = 0; count < 5; count += 1) {
    const { text, isError } = await mcp.call("mcp__bad__do", {}, signal);
    expect(isError).toBe(true);
    texts.push(text);
  }
  expect(texts.slice(0, 4).every((text) => text.includes("Connection closed"))).toBe(true);
  expect(texts[4]).toContain("is not started again");
});

test("calls made while a server is down wait for one start together", async () => {
  const server = node(`if (params.arguments.die) process.exit(1); ${said("String(process.pid)")}`);
  await using mcp = await open({ s: server });
  await mcp.call("mcp__s__do", { die: true }, signal);
  const answers = await Promise.all([1, 2, 3, 4].map(() => mcp.call("mcp__s__do", {}, signal)));
  expect(answers.every(({ isError }) => !isError)).toBe(true);
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
});

test.each([
  ["is not there", { command: "/no/such/program", args: [], env: {} }, /did not start.*such/s],
  [
    "says why it cannot start",
    { command: "sh", args: ["-c", "echo no key >&2; exit 1"], env: {} },
    /no key/,
  ],
  ["never answers", { command: "sleep", args: ["60"], env: {} }, /timed out/i],
  ["is no server", { command: "yes", args: [], env: {} }, /did not start/],
  ["is nowhere", { url: "http://127.0.0.1:9/mcp", headers: {} }, /did not start/],
])("a server that %s is a warning, and the others are there", async (_, server, warning) => {
  const good = node(said('"fine"'));
  await using mcp = await open({ bad: server, good }, 5_000);
  expect(mcp.warnings).toEqual([expect.stringMatching(warning)]);
  expect(await mcp.call("mcp__good__do", {}, signal)).toEqual({ text: "fine", isError: false });
});

test("what a server started ends with it", async () => {
  const file = join(folder(), "pid");
  const server = node(`
    const { spawn } = await import("node:child_process");
    const child = spawn("sleep", ["600"], { stdio: "ignore" });
    const { writeFileSync } = await import("node:fs");
    writeFileSync(${JSON.stringify(file)}, String(child.pid));
    ${said('"started"')}`);
  {
    await using mcp = await open({ s: { ...server } });
    await mcp.call("mcp__s__do", {}, signal);
  }
  const pid = readFileSync(file, "utf8");
  // The kernel takes a moment over it.
  await vi.waitFor(() => {
    const stat = existsSync(`/proc/${pid}/stat`) ? readFileSync(`/proc/${pid}/stat`, "utf8") : "";
    expect(stat).toMatch(/^$|\) Z /);
  });
});

test("what nobody would see of a result is not there for a model either", async () => {
  const hidden = String.raw`"a\u001b[31mb\u202e\u200b" + String.fromCodePoint(0xe0041) + "c\td"`;
  await using mcp = await open({ s: node(said(hidden)) });
  expect((await mcp.call("mcp__s__do", {}, signal)).text).toBe("abc\td");
});

test("pictures and other things that are no text are named, and long text is cut", async () => {
  const body = `say(id, { content: [
    { type: "image", data: "aGk=", mimeType: "image/png" },
    { type: "resource", resource: { uri: "x://y", text: "inside" } },
    { type: "text", text: "z".repeat(1_200_000) } ] });`;
  await using mcp = await open({ s: node(body) });
  const { text } = await mcp.call("mcp__s__do", {}, signal);
  expect(text.slice(0, 60)).toContain("[image of type image/png, not shown]\ninside\nzzz");
  expect(text).toMatch(/\[cut here, \d+ more characters\]$/);
});
