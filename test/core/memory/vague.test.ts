import { expect, test } from "vitest";

import { dailyEntries, dreamOn } from "../../corpus/memory/dream-on.ts";

type Said = Parameters<typeof dailyEntries>[0][number];

function made(...said: readonly Said[]): ReturnType<typeof dreamOn>["facts"] {
  return dreamOn(dailyEntries(said)).facts;
}

function texts(...said: readonly Said[]): readonly string[] {
  return made(...said).map(({ status, text }) => `${status}: ${text}`);
}

function seen(path: string, excerpt: string): Pick<Said, "cites"> {
  return { cites: [{ path, excerpt }] };
}

function ran(command: string, excerpt: string): Pick<Said, "cites"> {
  return { cites: [{ command, excerpt }] };
}

test("words that name nothing are told with what their evidence names", () => {
  expect(
    texts(
      { text: "the table got that extra column", ...seen("a.sql", "ADD COLUMN merge_key text") },
      { text: "The package manager is pinned here.", ...seen("p.json", '"pm": "pnpm@9.1.0"') },
      { text: "Uploads break for big pictures", ...seen("proxy.conf", "body_size 12m;") },
      { text: "It complains about some variable", ...seen("up.log", "TILE_DSN is not set") },
      { text: "The rota has a column with a misleading name", ...seen("r.sql", "day_2 date") },
    ),
  ).toEqual([
    "active: the table got that extra column, in `a.sql`: `ADD COLUMN merge_key text`",
    'active: The package manager is pinned here, in `p.json`: `"pm": "pnpm@9.1.0"`',
    "active: Uploads break for big pictures, in `proxy.conf`: `body_size 12m;`",
    "active: It complains about some variable, in `up.log`: `TILE_DSN is not set`",
    "active: The rota has a column with a misleading name, in `r.sql`: `day_2 date`",
  ]);
});

test("what says its value is left as it is, whether its evidence has the value or says only where it was seen", () => {
  const said = [
    { text: "the package manager is npm", ...seen("package.json", '"pm": "npm@10.2.0"') },
    { text: "web is owned by Ana", ...seen("CODEOWNERS", "/web @ana") },
    { text: "deploys go through the release train", ...seen("docs/ops.md", "") },
    { text: "backups come from the cold site", ...seen("docs/ops.md", "section 4.2") },
    { text: "Marguerite does the releases", ...seen("ops.yaml", "release manager: Marguerite") },
    { text: "lint is done with ruff", ...seen("pyproject.toml", "[tool.ruff] width = 90") },
    {
      text: "the rate limit per minute of web is 5",
      ...seen("web.toml", "rate limit per minute: 5"),
    },
    { text: "the retry limit of web is 5", ...seen("web.toml", "retries = 5 # since v2.1") },
  ];
  expect(texts(...said)).toEqual(said.map(({ text }) => `active: ${text}`));
});

test("what says its value is resolved with others, though evidence stands beside it", () => {
  expect(
    texts(
      { text: "the owner of web is the core team", ...seen("TEAMS", "web: core-7") },
      { text: "the rollout of web is manual", ...seen("web.yaml", "steps: [pause_30m]") },
      { text: "the rollout of web is automatic now", origin: "user" },
    ),
  ).toEqual([
    "active: the owner of web is the core team",
    "superseded: the rollout of web is manual, in `web.yaml`: `steps: [pause_30m]`",
    "active: the rollout of web is automatic now",
  ]);
});

test("the same words beside other evidence are two facts, beside the same evidence one", () => {
  const text = "That is based on something else by now.";
  const [one, other] = [seen("a/Dockerfile", "FROM node:22"), seen("b/Dockerfile", "FROM ruby:3")];
  const facts = made({ text, ...one }, { text, ...other }, { text, ...one });
  expect(facts.map(({ status, value, support }) => `${status}: ${value}, ${support}`)).toEqual([
    "active: FROM node:22, 2",
    "active: FROM ruby:3, 1",
  ]);
  const named = { text: "the time of the job was moved" };
  expect(
    texts(
      { ...named, ...seen("a.yaml", 'cron: "5 4 * * *"') },
      { ...named, ...seen("b.yaml", 'cron: "9 1 * * *"') },
    ),
  ).toHaveLength(2);
});

test("a key that only says that there is something to say makes no statement; one that says of what does", () => {
  const pinned = { subject: "kiosk", text: "the kiosk app holds us back" };
  const facts = made(
    { ...pinned, predicate: "known issue", value: "us back", ...seen("k.lock", "qt 5.9.1") },
    {
      subject: "depot",
      predicate: "issue tracker",
      value: "linear",
      text: "depot has it in the other tool",
      ...seen("d.md", "see LIN-88"),
    },
    { subject: "silo", predicate: "note", value: "needs care", text: "the silo scale drifts" },
  );
  expect(facts.map(({ predicate, value, text }) => `${predicate} | ${value} | ${text}`)).toEqual([
    "known issue | qt 5.9.1 | the kiosk app holds us back, in `k.lock`: `qt 5.9.1`",
    "issue tracker | linear | depot has it in the other tool",
    "note | needs care | the silo scale drifts",
  ]);
});

test("without evidence that names something nothing is added, and a line that lost a secret is not told", () => {
  const said = [
    { text: "that setting breaks the orchard login" },
    { text: "that page throws there", ...seen("notes.md", "looked at the page again") },
    { text: "that file has a line that is not due", ...seen("c.yml", "PG_PASSWORD: vFOHAg") },
    {
      text: "it prints too much when it starts",
      ...seen(".env", "SMTP_PASSWORD=YWBAckErCoaC9uvE"),
    },
  ];
  expect(texts(...said)).toEqual(said.map(({ text }) => `active: ${text}`));
});

test("what points at a thing by its kind is told with its name, whatever else its evidence repeats", () => {
  expect(
    texts(
      { text: "That gate is off on purpose", ...seen(".lintrc", "'css/no-dupes': 'off'") },
      {
        text: "The slow table got its index",
        ...seen("3.sql", "CREATE INDEX tow_idx ON tows (id)"),
      },
      { text: "The class has a new name", ...seen("a.diff", "-class Berth {\n+class Mooring {") },
      {
        text: "Signing needs that permission",
        ...seen("ci.yml", "permissions: { id-token: write }"),
      },
      {
        text: "Without the option it runs out of room",
        ...ran("ROOM=--heap=4096 make all", "done"),
      },
      {
        text: "The tide-feed load script is the one in the bin folder",
        ...seen("bin/load9.sh", "# loads tide-feed: bin/load9.sh"),
      },
    ),
  ).toEqual([
    "active: That gate is off on purpose, in `.lintrc`: `'css/no-dupes': 'off'`",
    "active: The slow table got its index, in `3.sql`: `CREATE INDEX tow_idx ON tows (id)`",
    "active: The class has a new name, in `a.diff`: `+class Mooring {`",
    "active: Signing needs that permission, in `ci.yml`: `permissions: { id-token: write }`",
    "active: Without the option it runs out of room, running `ROOM=--heap=4096 make all` gives `done`",
    "active: The tide-feed load script is the one in the bin folder, in `bin/load9.sh`: `# loads tide-feed: bin/load9.sh`",
  ]);
});

test("evidence that says the same again, or that bears on nothing that was said, is not told", () => {
  const said = [
    { text: "the dredger build is cursed", ...ran("make", "cc -o app main.o util.o") },
    { text: "billing is a swamp", ...seen("mail.go", "const dialTimeout = 10") },
    { text: "some people have trouble with the gauge", ...ran("git status", "On branch f7") },
    { text: "sonde is one of the tools of the gauge", ...seen("g.yaml", "own tool: sonde") },
    {
      text: "the pump fails now and then",
      ...seen("PUMP.md", "Note: The pump fails now and then."),
    },
  ];
  expect(texts(...said)).toEqual(said.map(({ text }) => `active: ${text}`));
});

test("one piece of evidence is told of what only judges where it speaks of the same or of trouble", () => {
  expect(
    texts(
      { text: "the dredger build is cursed", ...seen("dredger.log", "cc: 7 units, -O3") },
      { text: "billing is a swamp", ...seen("m.go", "var n = 3 // keep below n_max") },
    ),
  ).toEqual([
    "active: the dredger build is cursed, in `dredger.log`: `cc: 7 units, -O3`",
    "active: billing is a swamp, in `m.go`: `var n = 3 // keep below n_max`",
  ]);
});

test("a key whose value says only that there is one is told with what its evidence calls it", () => {
  const [script, flag, limit] = made(
    {
      subject: "till-app",
      predicate: "deploy_script",
      value: "the script",
      text: "till-app is deployed with the script",
      ...ran("./scripts/publish-till.sh --wait", "rollout finished"),
    },
    {
      subject: "till-app",
      predicate: "needed_flag",
      value: "the flag",
      text: "The flag has to be on in till-app for this to work",
      ...seen("flags/till.json", '"enable_cursor": true'),
    },
    {
      subject: "till-app",
      predicate: "limitation",
      value: "slow cold start",
      text: "till-app has slow cold start among its limits",
    },
  ).map(({ text }) => text);
  expect(script).toContain("publish-till.sh");
  expect(flag).toContain("enable_cursor");
  expect(limit).toBe("till-app has slow cold start among its limits");
});

test("a thing of which only the kind is said is told with the one of that kind that its evidence names, whatever is said of it", () => {
  const told = texts(
    { text: "the column is filled by a trigger", ...seen("9.sql", "berth_no char(4),") },
    { text: "The class there is not thread-safe.", ...seen("a.kt", "class TideGauge {") },
    { text: "the method is quadratic on Sundays", ...seen("rank.py", "def order_hulls(rows):") },
    {
      text: "The error comes from a missing driver",
      ...ran("make seed", "ORA-12541: no one home"),
    },
    { text: "the script leaves files behind", ...ran("bash bin/sweep-quay.sh -n", "done, bye") },
    { text: "In crane-api the config there wins", ...seen("k/load.json", '"deflate": "max"') },
    {
      text: "The guide tells how it is moored",
      ...seen("docs/guides/spring-tide.md", "# Moored in steps"),
    },
    { text: "the files are in an odd folder", ...ran("find . -name x", "./lib/pier/x.stl") },
  );
  const names =
    "berth_no TideGauge order_hulls ORA-12541 sweep-quay.sh k/load.json spring-tide lib/pier".split(
      " ",
    );
  expect(told.map((text, at) => text.includes(names[at] ?? "-"))).toEqual(names.map(() => true));
});

test("what is said of one of many is told with what its evidence names, though they share no word; of all, or of the only one, it is not", () => {
  expect(
    texts(
      { text: "the layer is rebuilt each time", ...seen("Dockerfile", "COPY . /srv/quay") },
      { text: "Its name is misleading", ...seen("crane.go", "var maxLoad = 3") },
      {
        text: "Nobody has the rights for that",
        ...ran("can-i list pods --as sa:quay:tiler", "no"),
      },
      { text: "The service does not come up alone", ...ran("ctl is-enabled quayd", "disabled") },
      { text: "the tests are cursed", ...seen("LICENSE", "Copyright 2021 Quay") },
      { text: "the build is cursed", ...seen("crane.go", "var maxLoad = 3") },
    ),
  ).toEqual([
    "active: the layer is rebuilt each time, in `Dockerfile`: `COPY . /srv/quay`",
    "active: Its name is misleading, in `crane.go`: `var maxLoad = 3`",
    "active: Nobody has the rights for that, running `can-i list pods --as sa:quay:tiler` gives `no`",
    "active: The service does not come up alone, running `ctl is-enabled quayd` gives `disabled`",
    "active: the tests are cursed",
    "active: the build is cursed",
  ]);
});

test("a thing of some kind that is named, or whose name its evidence has as its value, stays as it is", () => {
  const said = [
    { text: "the class is called Mooring", ...seen("m.ts", "export class Mooring {") },
    { text: "the column is called berth_no", ...seen("9.sql", "berth_no char(4),") },
    { text: "the timeout is 30 seconds", ...seen("quay.yml", "wait: 30s # io") },
    { text: "the image is built from debian-slim", ...seen("Dockerfile", "FROM debian:12-slim") },
    { text: "the ferry tool repo is tagged by date", ...seen("docs/ferry-tool-repo.yml", "") },
  ];
  expect(texts(...said)).toEqual(said.map(({ text }) => `active: ${text}`));
});

test("of what a command prints, the line that measures in minutes is told", () => {
  expect(
    texts({ text: "Loading is slow", ...ran("quay load", "Boxes: +1508\nDone in 3.3m") }),
  ).toEqual(["active: Loading is slow, running `quay load` gives `Done in 3.3m`"]);
});

test("a key whose value says in some words what it is makes up for what its evidence names, and does not fade", () => {
  const value = "an expired source token";
  const text = `The orders ingest can fail because of ${value}`;
  expect(
    texts(
      {
        subject: "orders ingest",
        predicate: "known failure causes",
        value,
        text,
        at: "2026-01-02T10:00:00Z",
        ...seen("config/ingest.yaml", `known_failure_causes: ${value}`),
      },
      { text: "the port of web is 8080", at: "2026-03-30T10:00:00Z" },
    ).toSorted(),
  ).toEqual([`active: ${text}`, "active: the port of web is 8080"]);
});
