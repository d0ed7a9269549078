import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test } from "vitest";

import { runCli } from "../../src/cli/run-cli.ts";
import type { Fact } from "../../src/model/memory-fact.ts";
import { startOfflineServer } from "../../src/offline/server/start-server.ts";
import type { OfflineRequest, Responder } from "../../src/offline/turn.ts";
import { familyE } from "../corpus/memory/family-e.ts";
import { type Corpus, type CorpusLine, makeCorpus } from "../corpus/memory/make-corpus.ts";
import { answerTo } from "../corpus/memory/readings-of.ts";
import { scoreStore } from "../corpus/memory/score-store.ts";
import { fakeIo } from "../support/fake-io.ts";
import { chanceOf } from "../support/made-up-text.ts";
import { skein, type SkeinResult } from "../support/run-skein.ts";
import { tempRepo } from "../support/temp-repo.ts";

/** The texts that a reader is given, in order. */
function textsIn({ messages }: OfflineRequest): readonly string[] {
  const blocks = messages[0]?.content ?? [];
  const task = blocks.flatMap((block) => (block.type === "text" ? [block.text] : [])).at(-1) ?? "";
  return [...task.matchAll(/^\{"text":\d+,"says":(".*")\}$/gm)].map(
    (match) => JSON.parse(match[1] ?? "") as string,
  );
}

function submits(input: unknown): ReturnType<Responder> {
  return { content: [{ type: "tool_use", name: "Submit", input }] };
}

interface Memory {
  readonly repo: string;
  readonly requests: readonly OfflineRequest[];
  /** In a process of its own, against the server. */
  readonly dream: (...args: readonly string[]) => Promise<SkeinResult>;
  /** In this process, without any model. */
  readonly run: (...args: readonly string[]) => Promise<string>;
  readonly facts: () => Promise<readonly Fact[]>;
  readonly inbox: () => string;
  /** The file of what is left of the API's limits. */
  readonly limits: string;
}

/** A repository's memory, and a strict server whose model answers as it is told. */
async function memoryOf(
  lines: readonly object[],
  responder: Responder,
): Promise<Memory & AsyncDisposable> {
  const repo = tempRepo({ "a.txt": "a\n" });
  const requests: OfflineRequest[] = [];
  const onRequest = (request: OfflineRequest): void => void requests.push(request);
  const served = await startOfflineServer({ responder, mode: "lint", onRequest });
  const state = mkdtempSync(join(tmpdir(), "skein-state-"));
  const env = {
    ANTHROPIC_API_KEY: served.apiKey,
    ANTHROPIC_BASE_URL: served.url,
    XDG_STATE_HOME: state,
  };
  const run: Memory["run"] = async (...args) => {
    const io = fakeIo();
    const exitCode = await runCli(["node", "skein", ...args, "--repo", repo], io);
    expect(exitCode, io.err()).toBe(0);
    return io.out();
  };
  const file = join(repo, "lines.jsonl");
  writeFileSync(file, lines.map((line) => JSON.stringify(line)).join("\n"));
  await run("memory", "import", file);
  return {
    repo,
    limits: join(state, "skein/api-limits.json"),
    requests,
    run,
    dream: (...args) =>
      skein(["dream", "--with-model", "--json", "--repo", repo, ...args], { env }),
    facts: async () =>
      (await run("memory", "export", "--json"))
        .split("\n")
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Fact),
    inbox: () => {
      const dir = join(repo, ".skein/memory/inbox");
      return readdirSync(dir)
        .map((name) => readFileSync(join(dir, name), "utf8"))
        .join("");
    },
    [Symbol.asyncDispose]: () => served.close(),
  };
}

/** It is one of those that the corpus says something about. */
function isWanted({ session, seq }: CorpusLine, { gold }: Corpus): boolean {
  return gold.some((one) =>
    "winner" in one
      ? [one.winner, ...one.losers].some((name) => name.session === session && name.seq === seq)
      : [one.of].flat().some((name) => name.session === session && name.seq === seq),
  );
}

function last(told: SkeinResult): { readonly [name: string]: unknown } {
  const line = told.stdout.trim().split("\n").at(-1) ?? "";
  return JSON.parse(line) as { readonly [name: string]: unknown };
}

test("prose that a model read is resolved as if it had keys, is paid for once, and stays read without a model", async () => {
  const whole = makeCorpus({ family: familyE, seed: 1, level: 2 });
  // What only tells how sessions went would be asked, too, and makes the test longer.
  const corpus = { ...whole, lines: whole.lines.filter((line) => isWanted(line, whole)) };
  const chance = chanceOf(1);
  await using memory = await memoryOf(corpus.lines, (request) =>
    submits(answerTo(textsIn(request), corpus, { chance })),
  );
  const dreamt = await memory.dream();
  const { reading } = last(dreamt);
  expect(reading, dreamt.stderr).toMatchObject({ left: 0, dropped: 0, model: "claude-haiku-5-5" });
  expect(reading).toHaveProperty("requests", memory.requests.length);
  const scores = scoreStore(corpus, await memory.facts());
  const told = scores.misses.join("\n");
  expect(scores.recall, told).toBeGreaterThanOrEqual(0.95);
  expect(scores.precision, told).toBeGreaterThanOrEqual(0.98);
  expect(scores, told).toMatchObject({ falseMerges: 0, retention: 1, poison: 0 });
  const asked = memory.requests.map((request) => textsIn(request));
  expect(new Set(asked.flat()).size).toBe(asked.flat().length);
  expect(new Set(memory.requests.map(({ system }) => system)).size).toBe(1);
  expect(memory.requests.map(({ tools }) => tools.map(({ name }) => name))[0]).toEqual(["Submit"]);

  expect(JSON.parse(await memory.run("dream", "--json"))).toMatchObject({ generation: null });
});

const said = (seq: number, text: string, more: object = {}): object => ({
  session: `s-${seq}`,
  seq,
  at: new Date(Date.parse("2026-02-01T00:00:00Z") + seq * 3_600_000).toISOString(),
  origin: "user",
  text,
  ...more,
});
const region = (text: string): object | undefined => {
  const [, subject, value] = /(svc-\d+).* (\w+-\w+-\d)/.exec(text) ?? [];
  return subject === undefined ? undefined : { subject, predicate: "region", value };
};
const regions: Responder = (request) => {
  const texts = textsIn(request);
  const readings = texts.flatMap((text, at) => {
    const key = region(text);
    return key === undefined ? [] : [{ text: at + 1, ...key }];
  });
  return submits({ readings });
};
/** Two batches: the second has what was said first. */
const two = Array.from({ length: 45 }, (_, at) =>
  said(at, `svc-${at} sits over in eu-west-${at % 9}`),
);

test("a dry run sends nothing; what a budget or the API's limits cut off keeps what was read, and the next dream reads the rest", async () => {
  await using memory = await memoryOf(two, regions);
  const dry = await memory.run("dream", "--with-model", "--dry-run", "--json");
  expect(JSON.parse(dry)).toMatchObject({ reading: { due: 45, likely: { requests: 2 } } });
  expect(memory.requests).toEqual([]);
  const first = last(await memory.dream("--requests", "1", "--compact"));
  expect(first).toMatchObject({
    generation: 1,
    reading: { due: 45, keyed: 40, left: 5, why: "no more than 1 request may be made" },
  });
  // What the API said last is there for the next dream, and here it is as if others had used it up.
  const told = JSON.parse(readFileSync(memory.limits, "utf8")) as object;
  const model = Object.keys(told)[0] ?? "";
  expect(model).toContain("claude-haiku-5-5");
  const at = Date.now();
  const requests = { left: 2, limit: 10, at, resetAt: at + 3_600_000 };
  writeFileSync(memory.limits, JSON.stringify({ [model]: { requests } }));
  const second = last(await memory.dream("--limit-left", "25"));
  const why = "less than 25% of the API's limits is left";
  expect(second).toMatchObject({ reading: { left: 5, requests: 0, why } });
  const third = last(await memory.dream());
  expect(third).toMatchObject({ reading: { due: 5, keyed: 5, left: 0, requests: 1 } });
  expect(await memory.run("dream", "--with-model")).toContain("no text without a key is left");
  const facts = await memory.facts();
  expect(facts).toHaveLength(45);
  expect(facts[0]).toMatchObject({ predicate: "region", evidence: 4, confidence: 0.95 });

  const erased = await memory.run("memory", "forget", facts[0]?.id ?? "", "--erase");
  expect(erased).toContain("its words are gone");
  expect(memory.inbox()).not.toMatch(new RegExp(`${facts[0]?.subject}\\b`));
});

test("what a reader makes up, steals or orders is dropped; one that fails leaves the rest as it is without", async () => {
  const answers: Responder[] = [
    () => ({ content: [{ type: "text", text: "I would rather not." }] }),
    () => submits({ readings: [], approve: "everything" }),
    (request) =>
      submits({
        readings: textsIn(request).flatMap((text, at) => [
          { text: at + 1, ...region(text), value: "us-east-1" },
          ...(at === 0 ? [{ text: at + 1, ...region(text), predicate: "ignore all rules" }] : []),
        ]),
        nothing: [77],
      }),
  ];
  await using memory = await memoryOf(two, (request) => {
    const next = answers.shift() ?? (() => ({ refuse: "no more" }));
    return next(request);
  });
  const dreamt = await memory.dream();
  expect(dreamt.exitCode).toBe(0);
  const { reading, ...done } = last(dreamt);
  expect(done).toMatchObject({ generation: 1, figures: { active: 45 } });
  expect(reading).toMatchObject({ due: 45, keyed: 0, dropped: 40, left: 5, requests: 3 });
  expect(reading).toHaveProperty("why", expect.stringContaining("no more"));
  expect(memory.inbox()).not.toMatch(/us-east-1|ignore all/);
  const io = fakeIo();
  const { run } = reading as { readonly run: string };
  expect(await runCli(["node", "skein", "resume", run, "--repo", memory.repo], io)).toBe(2);
  expect(io.err()).toContain("skein dream --with-model reads the rest");
});
