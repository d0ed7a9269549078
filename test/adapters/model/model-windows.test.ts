import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

import { expect, onTestFinished, test } from "vitest";

import { createModelWindows } from "../../../src/adapters/model/model-windows.ts";
import type { Contract } from "../../../src/model/contract.ts";
import { serve } from "../../offline/server/rig.ts";

/** What is made of a server that answers so; undefined: with 400 to the header of the beta. */
async function askServer(
  answer: (beta: boolean) => object | undefined,
): Promise<Contract["window"]> {
  const server = createServer((request, response) => {
    const told = answer(request.headers["anthropic-beta"] !== undefined);
    response.writeHead(told === undefined ? 400 : 200, { "content-type": "application/json" });
    response.end(JSON.stringify(told ?? { type: "error", error: { type: "x", message: "beta?" } }));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return createModelWindows({ baseUrl: `http://127.0.0.1:${port}`, apiKey: "k" })("local");
}

const yes = { supported: true };
const no = { supported: false };
const editing = { clear_tool_uses_20250919: yes, compact_20260112: yes };

test.each([
  ["sums up when asked to", { compaction: yes, context_management: editing }, "append+ondemand"],
  ["sums up by itself only", { compaction: no, context_management: editing }, "server"],
  ["only clears by itself", { context_management: { ...editing, compact_20260112: no } }, "client"],
  ["can do nothing of it", { context_management: null, compaction: null }, "client"],
  ["says nothing of it", null, "client"],
  ["says nonsense", { compaction: "yes", context_management: [] }, "client"],
])("a model that %s is used so", async (_, capabilities, regime) => {
  expect(await askServer(() => ({ max_input_tokens: 500_000, capabilities }))).toEqual({
    inputTokensMax: 500_000,
    regime,
  });
});

test("a server that refuses the header of the beta is asked without it", async () => {
  const told = { max_input_tokens: 300_000, capabilities: { context_management: editing } };
  expect(await askServer((beta) => (beta ? undefined : told))).toEqual({
    inputTokensMax: 300_000,
    regime: "server",
  });
});

test("a server that says nothing of its models gets the cautious guess", async () => {
  const cautious = { inputTokensMax: 200_000, regime: "client" };
  expect(await askServer(() => undefined)).toEqual(cautious);
  expect(await askServer(() => ({ max_input_tokens: "many" }))).toEqual(cautious);
});

test("the offline server's newer models sum up when they are asked to, with their price cliff", async () => {
  const server = await serve();
  const find = createModelWindows({ baseUrl: server.url, apiKey: server.apiKey });
  expect(await find("claude-haiku-5-5")).toEqual({
    inputTokensMax: 1_000_000,
    regime: "append+ondemand",
    priceCliff: 100_000,
  });
  expect(await find("claude-haiku-4-5")).toEqual({ inputTokensMax: 200_000, regime: "client" });
  expect(server.stats().refused).toEqual([]);
});

test("a server that has no room for the question is not waited for; the next agent asks again", async () => {
  const answers = [529, 503, 200];
  const server = createServer((_, response) => {
    response.writeHead(answers.shift() ?? 404, { "content-type": "application/json" });
    response.end(JSON.stringify({ max_input_tokens: 900_000 }));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const find = createModelWindows({ baseUrl: `http://127.0.0.1:${port}`, apiKey: "k" });
  const found = [await find("m"), await find("m"), await find("m"), await find("m")];
  expect(found.map((one) => one.inputTokensMax)).toEqual([200_000, 200_000, 900_000, 900_000]);
});
