import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { expect, onTestFinished, test, vi } from "vitest";

import { dreamJob } from "../../../src/adapters/daemon/dream-job.ts";
import { lastRunAt } from "../../../src/adapters/daemon/last-run.ts";
import { diskFiles } from "../../../src/adapters/memory/disk-files.ts";
import { runCli } from "../../../src/cli/run-cli.ts";
import { emptyRecord } from "../../../src/core/daemon/record.ts";
import { daemonConfigSchema, type EndedJob } from "../../../src/model/daemon.ts";
import { startOfflineServer } from "../../../src/offline/server/start-server.ts";
import type { DaemonJob } from "../../../src/ports/daemon-world.ts";
import { fakeIo } from "../../support/fake-io.ts";
import { tempRepo } from "../../support/temp-repo.ts";

const now = Date.parse("2026-06-01T00:00:00Z");

/** A repository with so many sentences in memory's inbox, each of another thing. */
async function repoWith(count: number): Promise<string> {
  const repo = tempRepo({ "a.txt": "a\n" });
  const lines = Array.from({ length: count }, (_, seq) => ({
    session: `s-${seq}`,
    seq,
    at: "2026-02-01T00:00:00Z",
    origin: "user",
    text: `svc-${seq} sits over in eu-west-${seq % 9}`,
  }));
  const file = join(repo, "lines.jsonl");
  writeFileSync(file, lines.map((line) => JSON.stringify(line)).join("\n"));
  expect(await runCli(["node", "skein", "memory", "import", file, "--repo", repo], fakeIo())).toBe(
    0,
  );
  return repo;
}

function jobOf(repo: string, more: object): DaemonJob {
  const config = daemonConfigSchema.parse({ "session-idle-minutes": 60, ...more });
  const entry = resolve("bin/skein.js");
  return dreamJob(repo, { files: diskFiles(repo), config, readingUsd: 0.5, entry });
}

const ended = (more: Partial<EndedJob>): EndedJob => ({
  job: "schedule/x",
  slot: "1",
  startedAt: now,
  endedAt: now,
  byHand: false,
  outcome: "done",
  said: "",
  usd: 0,
  ...more,
});

test("a model is only reckoned with where it is configured, and money that is spent keeps it back, not the dream", async () => {
  const repo = await repoWith(3);
  const look = (more: object, usd: number): ReturnType<DaemonJob["look"]> =>
    jobOf(repo, more).look({ ...emptyRecord, ended: [ended({ usd })] }, now);
  expect(await look({}, 0)).toMatchObject({ kind: "due", usd: 0 });
  expect(await look({ "dream-with-model": true }, 0)).toMatchObject({ kind: "due", usd: 0.5 });
  expect(await look({ "dream-with-model": true }, 0.6)).toMatchObject({ kind: "due", usd: 0 });
});

test("a dream that gives way while it reads keeps what was answered and its price, and nothing of the request under way", async () => {
  const repo = await repoWith(45);
  const stop = new AbortController();
  const first = {
    readings: [{ text: 1, subject: "svc-0", predicate: "region", value: "eu-west-0" }],
  };
  let requests = 0;
  const served = await startOfflineServer({
    mode: "lint",
    responder: async () => {
      requests += 1;
      if (requests > 1) {
        stop.abort();
        await new Promise(() => undefined);
      }
      return { content: [{ type: "tool_use", name: "Submit", input: first }] };
    },
  });
  onTestFinished(() => served.close());
  vi.stubEnv("ANTHROPIC_API_KEY", served.apiKey);
  vi.stubEnv("ANTHROPIC_BASE_URL", served.url);
  vi.stubEnv("XDG_STATE_HOME", mkdtempSync(join(tmpdir(), "skein-state-")));
  onTestFinished(() => void vi.unstubAllEnvs());
  let run: string | undefined;
  const end = await jobOf(repo, { "dream-with-model": true }).start({
    slot: "1",
    byHand: false,
    run: undefined,
    signal: stop.signal,
    onChild: (more) => {
      run = more.run ?? run;
    },
  });
  expect(end.isDone).toBe(false);
  expect(end.usd).toBeGreaterThan(0);
  const inbox = join(repo, ".skein/memory/inbox");
  const read = readdirSync(inbox).filter((name) => name.startsWith("read-"));
  expect(read).toHaveLength(1);
  const lines = readFileSync(join(inbox, read[0] ?? ""), "utf8")
    .trim()
    .split("\n");
  expect(lines).toHaveLength(40);
  // Its own run does not keep the next dream back.
  expect(run).toBeDefined();
  expect(await lastRunAt(repo, now)).toBeDefined();
  expect(await lastRunAt(repo, now, (one) => one === run)).toBeUndefined();
});
