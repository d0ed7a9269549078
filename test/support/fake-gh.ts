import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export interface FakeGh {
  /** Goes in front of the search path. */
  readonly bin: string;
  /** Every call, in order. */
  calls(): readonly { readonly argv: readonly string[]; readonly input: string }[];
  /** Titles of the pull requests that were opened. */
  opened(): readonly string[];
  /** How the next calls that open one end: `lost` opens it and dies before it says so. */
  failNext(how: "lost" | "limited"): void;
  close(number: number): void;
  /** What is known of one from now on. */
  set(number: number, more: object): void;
}

/** A `gh` (and `glab`) that keeps its pull requests in a file, and writes down what it was asked. */
export function fakeGh(folder: string): FakeGh {
  const bin = join(folder, "bin");
  mkdirSync(bin, { recursive: true });
  const state = join(folder, "gh.json");
  writeFileSync(state, JSON.stringify({ calls: [], pulls: [], fail: [] }));
  for (const name of ["gh", "glab"]) {
    writeFileSync(join(bin, name), program(state, name));
    chmodSync(join(bin, name), 0o755);
  }
  const read = (): State => JSON.parse(readFileSync(state, "utf8")) as State;
  const change = (how: (state: State) => State): void =>
    writeFileSync(state, JSON.stringify(how(read())));
  const set = (number: number, more: object): void =>
    change((now) => ({
      ...now,
      pulls: now.pulls.map((pull) => (pull.number === number ? { ...pull, ...more } : pull)),
    }));
  return {
    bin,
    calls: () => read().calls,
    opened: () => read().pulls.map(({ title }) => title),
    failNext: (how) => change((now) => ({ ...now, fail: [...now.fail, how] })),
    close: (number) => set(number, { state: "CLOSED" }),
    set,
  };
}

interface State {
  readonly calls: readonly { readonly argv: readonly string[]; readonly input: string }[];
  readonly pulls: readonly {
    readonly number: number;
    readonly state: string;
    readonly title: string;
  }[];
  readonly fail: readonly string[];
}

/** Runs under whatever node the tests run under. */
function program(state: string, name: string): string {
  return `#!${process.execPath}
const fs = require("node:fs");
const argv = process.argv.slice(2);
// Several may be asked at once; a folder can be made by one of them only.
const lock = ${JSON.stringify(`${state}.lock`)};
for (;;) {
  try { fs.mkdirSync(lock); break; } catch { Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5); }
}
process.on("exit", () => fs.rmdirSync(lock));
const state = JSON.parse(fs.readFileSync(${JSON.stringify(state)}, "utf8"));
const option = (key) => argv.find((one) => one.startsWith("--" + key + "="))?.slice(key.length + 3);
const input = argv.includes("--body-file=-") ? fs.readFileSync(0, "utf8") : "";
const save = () => fs.writeFileSync(${JSON.stringify(state)}, JSON.stringify(state));
state.calls.push({ argv: [${JSON.stringify(name)}, ...argv], input });
save();
const end = (code, out, err = "") => { process.stdout.write(out); process.stderr.write(err); process.exit(code); };
const host = "https://" + (option("repo") ?? "").replace(/^https?:\\/\\//, "");
const head = option("head") ?? option("source-branch");
if (argv[1] === "list") {
  const mine = state.pulls.filter((one) => one.repo === option("repo") && one.headRefName === head);
  end(0, JSON.stringify(mine));
}
if (argv[1] === "view") {
  const pull = state.pulls.find((one) => one.url === argv[2] || String(one.number) === argv[2]);
  end(pull ? 0 : 1, JSON.stringify(pull ?? {}));
}
if (argv[1] === "close") {
  const pull = state.pulls.find((one) => one.url === argv[2] || String(one.number) === argv[2]);
  if (pull === undefined) end(1, "", "no such pull request\\n");
  pull.state = "CLOSED";
  save();
  end(0, "");
}
if (argv[1] === "create") {
  const fail = state.fail.shift();
  save();
  if (fail === "limited") end(1, "", "You have exceeded a secondary rate limit\\n");
  const number = state.pulls.length + 1;
  const path = ${JSON.stringify(name)} === "gh" ? "/pull/" : "/-/merge_requests/";
  const url = host + path + number;
  state.pulls.push({ number, url, state: "OPEN", headRefName: head, repo: option("repo"), title: option("title"), isDraft: argv.includes("--draft") });
  save();
  if (fail === "lost") end(1, "", "connection lost\\n");
  end(0, "Creating pull request for " + head + "\\n" + url + "\\n");
}
end(2, "", "unknown call\\n");
`;
}
