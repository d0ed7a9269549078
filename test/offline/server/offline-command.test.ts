import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import Anthropic from "@anthropic-ai/sdk";
import { expect, test } from "vitest";

import { offlineCommand } from "../../../src/cli/commands/offline.ts";
import { gate, request } from "./rig.ts";

async function file(text: string): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), "skein-offline-")), "file.yaml");
  await writeFile(path, text);
  return path;
}

/** What the command prints, and the first of it as soon as it is there. */
function output(): {
  readonly io: { stdout: (text: string) => void; stderr: (text: string) => void };
  readonly first: Promise<void>;
  readonly out: string[];
  readonly err: string[];
} {
  const printed = gate();
  const out: string[] = [];
  const err: string[] = [];
  return {
    io: {
      stdout: (text) => {
        out.push(text);
        printed.open();
      },
      stderr: (text) => void err.push(text),
    },
    first: printed.opened,
    out,
    err,
  };
}

test("the command serves a script to any client until it is stopped", async () => {
  const script = await file("turns: [{ content: [{ type: text, text: from the script }] }]");
  const faults = await file("[{ at: 1, fault: overloaded }]");
  const stop = gate();
  const { io, first, out, err } = output();
  const running = offlineCommand({ script, faults, mode: "lint", json: true }, io, stop.opened);
  await first;
  const { url, apiKey } = JSON.parse(out.join("")) as { url: string; apiKey: string };
  const answer = await new Anthropic({ baseURL: url, apiKey, maxRetries: 1 }).messages.create(
    request(),
  );
  expect(answer.content).toMatchObject([{ text: "from the script" }]);
  stop.open();
  expect(await running).toBe(0);
  expect([out.length, err]).toEqual([1, []]);
});

test("a person is told what to set, and what happened in the end", async () => {
  const script = await file("turns: [{ content: [{ type: text, text: hi }] }]");
  const { io, out } = output();
  expect(
    await offlineCommand({ script, mode: "faithful", json: false }, io, Promise.resolve()),
  ).toBe(0);
  expect(out.join("")).toMatch(/export ANTHROPIC_BASE_URL=http:\/\/127\.0\.0\.1:\d+\n/);
  expect(out.join("")).toMatch(/0 requests, 0 refused/);
});

test.for([
  { what: "a script that is not there", text: undefined, problem: /none\.yaml could not be read/ },
  { what: "a script that is wrong", text: "turns: 3", problem: /not a valid file[\s\S]*turns/ },
])("$what ends with exit code 2 and says why", async ({ text, problem }) => {
  const { io, out, err } = output();
  const script = text === undefined ? join(tmpdir(), "skein-none", "none.yaml") : await file(text);
  expect(await offlineCommand({ script, mode: "lint", json: false }, io)).toBe(2);
  expect(err.join("")).toMatch(problem);
  expect(out).toEqual([]);
});
