import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, expect, test } from "vitest";

import type { RunEvent } from "../../../src/model/event.ts";
import { skein, type SkeinResult } from "../../support/run-skein.ts";
import { git } from "../../support/temp-repo.ts";

const home = mkdtempSync(join(tmpdir(), "skein-demo-test-"));
let result: SkeinResult;
let events: readonly RunEvent[];
let repo: string;

beforeAll(async () => {
  result = await skein(["demo", "--json"], { env: { TMPDIR: home } });
  events = result.stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as RunEvent);
  const [folder] = readdirSync(home).filter((name) => name.startsWith("skein-demo-"));
  if (folder === undefined) throw new Error(`the demo made no folder:\n${result.stderr}`);
  repo = join(home, folder, "gander");
});

afterAll(() => rmSync(home, { recursive: true, force: true }));

test("the demo ends green: planned by the coordinator, done by agents, merged, verified", () => {
  const last = events.at(-1);
  if (last?.kind !== "run-finished") throw new Error(`the demo did not finish:\n${result.stderr}`);
  expect(result.exitCode).toBe(0);
  expect(last.notMerged).toEqual([]);
  expect(last.result?.files).toBeGreaterThan(100);
  const coordinator = events.find((event) => event.kind === "plan-accepted");
  expect(coordinator).toBeDefined();
});

test("at least six agents work at the same time", () => {
  const working = new Set<string>();
  let most = 0;
  for (const event of events) {
    if (event.kind === "agent" && event.event.kind === "turn-started") working.add(event.unit);
    if (event.kind === "unit-finished") working.delete(event.unit);
    most = Math.max(most, working.size);
  }
  expect(most).toBeGreaterThanOrEqual(6);
});

test("the result is a branch of the throwaway repository, whose checkout stays as it was", () => {
  expect(git(repo, "branch", "--list", "skein/*").trim()).toMatch(/^skein\//);
  expect(git(repo, "status", "--porcelain")).toBe("");
  expect(git(repo, "log", "-1", "--format=%s")).toBe("Guides, documents and tools\n");
});

test("standard output holds events and nothing else", () => {
  expect(events.map((event) => typeof event.kind)).toEqual(events.map(() => "string"));
  expect(result.stderr).toBe("");
});
