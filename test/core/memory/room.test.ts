import { expect, test } from "vitest";

import { absoluteDates } from "../../../src/core/memory/absolute-dates.ts";
import { dailyEntries, dreamOn } from "../../corpus/memory/dream-on.ts";

type Said = Parameters<typeof dailyEntries>[0][number];
type Pair = readonly [predicate: string, first: string, second: string, texts: readonly string[]];

/** What became of what was said of a thing under one key, first and then. */
function statusOf([predicate, ...values]: Pair): readonly string[] {
  const [first, second, texts] = values;
  return statuses(
    texts.map((text, at) => ({
      subject: "till-app",
      predicate,
      value: at === 0 ? first : second,
      text,
    })),
  );
}

function statuses(said: readonly Said[]): readonly string[] {
  return dreamOn(dailyEntries(said))
    .facts.toSorted((a, b) => (a.observed_at < b.observed_at ? -1 : 1))
    .map(({ status }) => status);
}

test.each<Pair>([
  [
    "trigger_event",
    "push",
    "tag",
    ["till-app is triggered by push", "till-app is triggered by tag"],
  ],
  [
    "env_var",
    "SK_SITE",
    "SK_TRACE",
    ["till-app reads the environment variable SK_SITE", "till-app reads the variable SK_TRACE"],
  ],
  [
    "bus_address",
    "0x4e",
    "0x76",
    ["there is a device at 0x4e on the bus of till-app", "till-app finds 0x76, beside others"],
  ],
  ["start_event", "push", "tag", ["push is one trigger of till-app", "till-app starts on tag"]],
  [
    "admin_user",
    "lchen",
    "mkowal",
    ["lchen is an admin on till-app", "till-app has admin user mkowal"],
  ],
  ["output kind", "CSV", "PDF", ["till-app can write CSV", "till-app may give PDF"]],
  [
    "consumer",
    "ml-platform",
    "risk",
    ["till-app feeds risk", "consumers of till-app include risk"],
  ],
  [
    "holiday_calendar",
    "UK-BANK",
    "SIX-CH",
    ["till-app loaded holiday calendar UK-BANK", "till-app calendars incl. SIX-CH"],
  ],
  [
    "required_env_var",
    "TZ",
    "LANG",
    ["TZ must be set for till-app", "LANG must be set for till-app"],
  ],
  ["env vars read", "TZ", "LANG", ["till-app honours TZ", "till-app looks at LANG"]],
  [
    "flaky",
    "t_login",
    "t_cart",
    ["t_login in till-app is flaky", "known flake in till-app: t_cart"],
  ],
  ["downstream_user", "risk", "ads", ["risk takes it from till-app", "till-app is used by ads"]],
  ["handles event", "paid", "sent", ["paid ends up in till-app", "sent is dealt with in till-app"]],
  ["rule enabled", "B006", "UP035", ["till-app checks B006", "UP035 is enabled for till-app"]],
  ["runs in regions", "eu", "us", ["till-app serves from eu", "there is a till-app in us"]],
  ["open ports", "443", "51820", ["443 is open on till-app", "till-app: 51820 open"]],
  ["is used by", "risk", "ads", ["risk calls till-app", "ads gets its prices from till-app"]],
  ["used_in", "Oslo", "Kyiv", ["There is an Oslo build of till-app", "Kyiv has till-app, too"]],
  [
    "translated_into",
    "Welsh",
    "Basque",
    ["till-app speaks Welsh", "till-app can be had in Basque"],
  ],
  [
    "tested-on-device",
    "Pixel 6a",
    "Moto G52",
    ["we try till-app on a Pixel 6a", "the Moto G52 runs till-app"],
  ],
  ["caller", "risk", "ads", ["risk is a client of till-app", "ads is a client of till-app"]],
  ["fitting", "kayak", "sled", ["till-app has a kayak", "till-app got a sled"]],
  ["forges token", "JWT", "PASETO", ["till-app forges JWT", "PASETO comes out of till-app"]],
  [
    "needs env",
    "TZ",
    "LANG",
    ["TZ has to be there for till-app", "till-app: LANG is read at start"],
  ],
  [
    "allowedLicense",
    "Zlib",
    "0BSD",
    ["what till-app loads may be Zlib", "0BSD is fine in till-app"],
  ],
  [
    "works with",
    "Postgres 15",
    "Postgres 16",
    ["till-app works with Postgres 15", "till-app has Postgres 16"],
  ],
  ["runs on", "iOS 16", "iOS 17", ["till-app runs on iOS 16", "iOS 17 can have till-app"]],
  ["lint rule", "no-var", "eqeqeq", ["till-app is held to no-var", "eqeqeq fails till-app"]],
  ["note", "it is odd", "ask Ana", ["till-app is odd", "of till-app: ask Ana"]],
])("of %s there can be several: %s and %s", (...pair) => {
  expect(statusOf(pair)).toEqual(["active", "active"]);
});

test.each<Pair>([
  [
    "page_at",
    "p95 over 500ms",
    "p95 over 300ms",
    ["till-app pages at p95 over 500ms", "till-app pages at p95 over 300ms"],
  ],
  [
    "dedupe_on",
    "event_id",
    "msg_hash",
    ["till-app dedupes on event_id", "till-app: dedup key msg_hash"],
  ],
  [
    "fallback-locale",
    "nl-NL",
    "de-DE",
    ["till-app falls back to nl-NL", "till-app falls back to de-DE"],
  ],
  ["required version", "20", "22", ["till-app needs version 20", "till-app needs version 22"]],
  [
    "file naming",
    "camelCase",
    "kebab-case",
    ["files of till-app use camelCase", "file names of till-app are in kebab-case"],
  ],
  ["retries", "2", "4", ["till-app retries twice", "four retries in till-app since the outage"]],
  ["runs on", "Node 20", "Node 22", ["you need Node 20 for till-app", "till-app is on Node 22"]],
  ["runs on", "ox-31", "elk-39", ["the host of till-app is ox-31", "till-app sits on elk-39"]],
  [
    "module format",
    "esm",
    "cjs",
    ["till-app contains an esm build", "till-app contains a cjs build"],
  ],
  ["reports to", "Ana", "Bo", ["till-app reports to Ana", "till-app answers to Bo"]],
  ["is painted", "red", "blue", ["till-app is red", "till-app got a coat of blue"]],
  [
    "where the config lives",
    "etc/a.ini",
    "opt/b.ini",
    ["till-app has etc/a.ini", "till-app reads opt/b.ini"],
  ],
  [
    "dump_flag",
    "--dump-all",
    "--show-cfg",
    ["till-app dumps with --dump-all", "till-app: --show-cfg dumps"],
  ],
  ["required approvals", "2", "3", ["till-app needs 2 approvals", "till-app wants 3 approvals"]],
])("of %s there is one: %s, then %s", (...pair) => {
  expect(statusOf(pair)).toEqual(["superseded", "active"]);
});

function threeSources(subject: string): readonly Said[] {
  return ["Lokalise", "POEditor", "Transifex"].map((value) => ({
    subject,
    predicate: "string source",
    value,
    text: `${subject} gets its strings from ${value}`,
  }));
}

test("three values of one thing are a row of changes, and of two things a list", () => {
  expect(statuses(threeSources("till-app"))).toEqual(["superseded", "superseded", "active"]);
  const both = statuses([...threeSources("till-app"), ...threeSources("web")]);
  expect(both).toEqual(Array.from({ length: 6 }, () => "active"));
});

test("what is allowed is not what is", () => {
  const said = [
    { subject: "till-app", predicate: "license", value: "MIT", text: "till-app is under MIT" },
    {
      subject: "till-app",
      predicate: "allowed_license",
      value: "Zlib",
      text: "till-app may load Zlib",
    },
  ];
  expect(statuses(said)).toEqual(["active", "active"]);
});

test("what happens now and then, and what was seen just now, has not changed", () => {
  const flaky = [
    "drag-handle fails now and then in till-app",
    "deep-link is on its list in till-app",
  ];
  expect(statusOf(["known-flaky-tests", "drag-handle", "deep-link", flaky])).toEqual([
    "active",
    "active",
  ]);
});

test("an article and the command that showed it are no condition that something holds under", () => {
  const font = ["Text in our till-app uses Public Sans", "Text in the till-app uses Plex"];
  expect(statusOf(["ui-font", "Public Sans", "Plex", font])).toEqual(["superseded", "active"]);
  const metric = [
    "Checked with `npm run doctor`: the headline metric of till-app is F1",
    "Checked with `just settings`: the headline metric of till-app is NDCG",
  ];
  expect(statusOf(["metric", "F1", "NDCG", metric])).toEqual(["superseded", "active"]);
});

test("a text that has a part of a name, and another name only in its value, is of the key's own thing", () => {
  const named = ["ruff", "gunicorn config", "docs site"].map((subject, at) => ({
    subject,
    predicate: "line length",
    value: `${80 + at}`,
    text: `the line length of ${subject} is ${80 + at}`,
  }));
  const facts = dreamOn(
    dailyEntries([
      ...named,
      {
        subject: "python code",
        predicate: "formatter",
        value: "yapf",
        text: "Python is formatted by yapf",
      },
      {
        subject: "python code",
        predicate: "formatter",
        value: "ruff format",
        text: "ruff format replaced yapf",
      },
      {
        subject: "gunicorn config",
        predicate: "workers",
        value: "4",
        text: "gunicorn has 4 workers",
      },
    ]),
  ).facts;
  expect(
    facts
      .filter(({ status }) => status === "active")
      .map(({ subject, value }) => `${subject}: ${value}`),
  ).toEqual(expect.arrayContaining(["python code: ruff format", "gunicorn config: 4"]));
});

test.each([
  ["eleven days ago", "on 2026-05-09"],
  ["twenty-one days ago", "on 2026-04-29"],
  ["in forty five days", "on 2026-07-04"],
])("%s is a day of the calendar", (said, day) => {
  expect(absoluteDates(`it broke ${said}`, "2026-05-20T10:00:00Z")).toBe(`it broke ${day}`);
});

/** A batch of the till, and how it was said. */
function place(text: string, value: string): Said {
  return { subject: "till-app", predicate: "batch_size", value, text };
}

test("what a sentence says that it holds under counts where its key leaves it out", () => {
  const said = [
    place("on weekdays till-app takes 50 records", "50"),
    place("till-app takes 90 records – on public holidays", "90"),
    place("For 3.x, a batch of till-app is 70 records", "70"),
    place("a batch of till-app is 20 records (on rev B boards)", "20"),
    place("in the debug profile, till-app takes 10 records", "10"),
    place("a batch is 30 records in till-app; this is how it is in staging", "30"),
  ];
  expect(statuses(said)).toEqual(said.map(() => "active"));
  expect(
    statuses([
      place("till-app takes 5 records for us", "5"),
      place("till-app takes 6 records", "6"),
    ]),
  ).toEqual(["superseded", "active"]);
});

test("what holds everywhere, or was seen at three in the morning, holds under nothing", () => {
  expect(
    statuses([
      place("till-app takes 5 records on all machines", "5"),
      place("till-app takes 6 records, found that out the hard way at 3 am", "6"),
      place("a batch of till-app never holds more than `7` records", "7"),
    ]),
  ).toEqual(["superseded", "superseded", "active"]);
});

test("what happens when something is not done is no denial", () => {
  expect(
    statusOf([
      "watchdog period",
      "1500 ms",
      "1200 ms",
      [
        "till-app resets when it is not fed for 1500 ms",
        "the watchdog period of till-app is 1200 ms",
      ],
    ]),
  ).toEqual(["superseded", "active"]);
});

test("words that every object has are words", () => {
  const said = ["the constructor of till-app is slow", "toString of till-app is called by valueOf"];
  expect(statuses(said.map((text) => ({ text })))).toEqual(["active", "active"]);
});

test("when something may be done is one time, and others who are told of it make no more of it", () => {
  const window = "deploy_window";
  expect(
    statusOf([
      window,
      "Mon 05:30-21:45",
      "Tue 08:00-23:15",
      ["till-app may be deployed Mon 05:30-21:45", "till-app may be deployed Tue 08:00-23:15"],
    ]),
  ).toEqual(["superseded", "active"]);
  expect(
    statusOf([
      "clock rate",
      "50 Hz",
      "60 hertz",
      ["till-app ticks at 50 hertz", "I am telling you as well, till-app ticks at 60 hertz"],
    ]),
  ).toEqual(["superseded", "active"]);
});

test("that others do the same makes no list of it", () => {
  const pods = ["till-app", "tram-app", "toll-app", "tree-app"];
  const said = (place: string, how: string): readonly Said[] =>
    pods.map((subject) => ({
      subject,
      predicate: "region",
      value: place,
      text: `${subject} runs in ${place}${how}`,
    }));
  const got = statuses([...said("eu-west-1", ""), ...said("us-east-1", ", like the others")]);
  expect(got.filter((status) => status === "active")).toHaveLength(pods.length);
});

test("what a sentence calls the one of its kind is one, whatever its key is called", () => {
  const ways = [
    "when you work on till-app, remember that its documentation tool is sphinx",
    "anyone asking for the documentation tool of till-app: it is sphinx",
    "for the documentation tool in till-app the answer is sphinx",
  ];
  for (const way of ways)
    expect(
      statusOf([
        "docs",
        "pdoc",
        "sphinx",
        ["the docs job of till-app invokes pdoc", way, way, way],
      ]),
    ).toEqual(["superseded", "active"]);
});

test("what one of several has is no new value of the only one, nor is the next job of a clock", () => {
  expect(
    statusOf([
      "deployedAt",
      "Torsvåg",
      "Makkaur",
      ["a unit with till-app is installed at Torsvåg", "we have till-app in the water at Makkaur"],
    ]),
  ).toEqual(["active", "active"]);
  expect(
    statusOf([
      "deployed_at",
      "Halten",
      "Lista",
      ["we have till-app in the water at Halten", "till-app is deployed at Lista"],
    ]),
  ).toEqual(["active", "active"]);
  expect(
    statusOf([
      "runs_cron_job",
      "resend-webhooks",
      "close-manifests",
      [
        "till-app runs the cron job resend-webhooks",
        "close-manifests is scheduled inside till-app",
      ],
    ]),
  ).toEqual(["active", "active"]);
});

test("what is set by name=value, and how far a flag is on, is one, whatever it is called", () => {
  expect(
    statusOf(["acks", "acks=0", "acks=all", ["till-app has acks=0", "till-app has acks=all"]]),
  ).toEqual(["superseded", "active"]);
  expect(
    statusOf([
      "bulk_labels_flag",
      "rolled out to 10%",
      "enabled",
      [
        "In till-app bulk-labels is rolled out to 10%",
        "the bulk-labels flag of till-app is enabled",
      ],
    ]),
  ).toEqual(["superseded", "active"]);
});

test("a second sentence about the note says nothing of how many there are, nor that it was another way", () => {
  const tails = [
    "See also cmd/replay/main.go for how it is used.",
    "Context: LAKE-2667, where the replay looked odd and we went through everything.",
    "Came up while Ilse and I were going through DAM-9269.",
    "Writing it down because it was asked twice in the channel, last by Bo.",
  ];
  for (const tail of tails)
    expect(
      statusOf([
        "source_repository",
        "acme/ingest",
        "acme/platform",
        [`till-app is developed in acme/ingest. ${tail}`, `Code of till-app is in acme/platform`],
      ]),
    ).toEqual(["superseded", "active"]);
});

test("a name that is a part of its key is no condition", () => {
  const key = { subject: "kafka_main_cluster", predicate: "connection_limit" };
  const said = "from here on the kafka-main cluster has 900 as its connection limit";
  expect(
    statuses([
      { ...key, value: "900", text: said },
      { ...key, value: "200", text: "From here on kafka-main has 200 as its connection limit" },
    ]),
  ).toEqual(["superseded", "active"]);
});

test("name=value of another name than the key's, and shares, may be several", () => {
  const pairs: readonly Pair[] = [
    [
      "build targets",
      "target=arm64",
      "target=amd64",
      ["till-app builds target=arm64", "till-app builds target=amd64"],
    ],
    [
      "rollout steps",
      "10%",
      "50%",
      ["till-app has a rollout step at 10%", "till-app has a rollout step at 50%"],
    ],
  ];
  for (const pair of pairs) expect(statusOf(pair)).toEqual(["active", "active"]);
});

test("a second sentence that says more of what it is keeps its own", () => {
  expect(
    statuses([
      { text: "Uploads are limited to 10 MB. Context: avatars." },
      { text: "Uploads are limited to 20 MB. Context: attachments." },
      { text: "Use pnpm. Related: never commit package-lock.json." },
      { text: "Use pnpm. Related: run pnpm dedupe after upgrades." },
    ]),
  ).toEqual(["active", "active", "active", "active"]);
});
