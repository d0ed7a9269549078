import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { resolve } from "node:path";

import { execa } from "execa";
import { expect, test } from "vitest";

import { call, conversation, finishedOf, skein, submit, yamlFile } from "../support/run-skein.ts";
import { tempRepo } from "../support/temp-repo.ts";

/** Strict about every request, in a process of its own: only the address is known to the run. */
async function serve(script: string) {
  const main = resolve("bin/skein.js");
  const server = execa(process.execPath, [main, "offline", "--script", script]);
  const said = server.iterable()[Symbol.asyncIterator]();
  const env: Record<string, string> = {};
  while (Object.keys(env).length < 2) {
    const line = await said.next();
    if (line.done === true) throw new Error("the server ended before it said its address");
    const [, name, value] = /export (\w+)=(\S+)/.exec(line.value) ?? [];
    if (name !== undefined && value !== undefined) env[name] = value;
  }
  return {
    env,
    stop: async (): Promise<string> => {
      server.kill("SIGINT");
      return (await server).stdout;
    },
  };
}

/** Nineteen replies of five calls each, some of which fail. */
function countingTurns(name: string) {
  return Array.from({ length: 19 }, (_, turn) => [
    call("Read", { file_path: name }),
    call("Edit", { file_path: name, old_string: String(turn), new_string: String(turn + 1) }),
    ...(turn % 3 === 0 ? [call("Read", { file_path: "not there" })] : []),
    call("Grep", { pattern: "." }),
    call("Glob", { pattern: "*.txt" }),
    call("Bash", { command: `test ${turn} -ne 7` }),
  ]);
}

test("against a server that it knows only by address, 8 agents of 20 turns send nothing that is refused as invalid", async () => {
  const names = Array.from({ length: 8 }, (_, index) => `f${index}.txt`);
  const repo = tempRepo(Object.fromEntries(names.map((name) => [name, "0\n"])));
  const conversations = names.map((name) =>
    conversation(`unit="edit[${name}]"`, ...countingTurns(name), [submit()]),
  );
  const server = await serve(yamlFile("script.yaml", { conversations }));
  const plan = yamlFile("plan.yaml", {
    version: 1,
    name: "many",
    concurrency: { max: 8 },
    tasks: {
      edit: {
        strategy: { matrix: { file: names } },
        agent: { prompt: "Count", scope: { write: ["${{ matrix.file }}"] } },
        verify: [{ run: 'grep -qx 19 "$SKEIN_FILE"' }],
      },
    },
  });
  const { ANTHROPIC_BASE_URL: url = "", ...key } = server.env;
  const asked = ["run", plan, "--repo", repo, "--base-url", url, "--json"];
  const result = await skein(asked, { env: key });
  const summary = await server.stop();
  expect(finishedOf(result)).toMatchObject({ outcomes: { done: 8 }, exitCode: 0 });
  expect(summary).toContain("160 requests, 0 refused");
});

test("a budget in dollars that cannot hold, for a model without a price, is said", async () => {
  const repo = tempRepo({ "a.txt": "one\n" });
  const plan = yamlFile("plan.yaml", { version: 1, name: "x", tasks: { t: { run: "true" } } });
  const asked = ["run", plan, "--repo", repo, "--model", "my-own", "--budget-usd", "1"];
  const result = await skein([...asked, "--base-url", "http://127.0.0.1:9"]);
  expect(result).toMatchObject({ exitCode: 0 });
  expect(result.stderr).toContain("no price is known for my-own");
});

/** An address of this machine that nobody listens at. */
async function nobodysAddress(): Promise<string> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return `http://127.0.0.1:${port}`;
}

test("a server that cannot be reached is called that, on the screen too, and what planning waited for is the reason at the cap", async () => {
  const repo = tempRepo({ "a.txt": "one\n" });
  const url = await nobodysAddress();
  const args = ["run", "Rename one to two", "--base-url", url, "--repo", repo];
  const run = await skein([...args, "--budget-wall", "6s"], {
    env: { ANTHROPIC_API_KEY: "not a key" },
  });
  expect(run.exitCode, run.stderr).toBe(4);
  expect(run.stderr).toContain(
    "coordinator: the model's server cannot be reached; asks again in 1.6s",
  );
  expect(run.stdout.replaceAll(/\s+/g, " ")).toContain(
    "the run's wall time is used up, and there is no plan yet: the model's server could not be reached",
  );
  expect(run.stdout).toContain("next: check the network and --base-url");
  const log = await skein(["log"], { cwd: repo });
  expect(log.stdout).toContain("the model's server cannot be reached; asks again in 100ms");
  expect(log.stdout).not.toContain("answered 0");
});
