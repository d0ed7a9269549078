import { expect, test } from "vitest";

import type { Fact } from "../../../src/model/memory-fact.ts";
import { byHand } from "../../../src/model/memory-observation.ts";
import { dailyEntries, dreamOn } from "../../corpus/memory/dream-on.ts";
import { bothHold } from "./plain-both.ts";

const factsOf = (said: readonly string[]): readonly Fact[] =>
  dreamOn(dailyEntries(said.map((text) => ({ text, origin: "user" as const, session: byHand }))))
    .facts;

/** Which of the sentences still hold, as they were said. */
const holding = (said: readonly string[]): readonly string[] => {
  const seqs = new Set(
    factsOf(said).flatMap(({ status, sources }) =>
      status === "active" ? sources.map(({ seq }) => seq) : [],
    ),
  );
  return said.filter((_, at) => seqs.has(at));
};

/** What a person said first, and what they said of it later, in other words. */
const changes: readonly (readonly [before: string, after: string])[] = [
  ["The API port is 3000", "The API port changed from 3000 to 4000"],
  ["The API port is 3000", "The API port changed to 4000"],
  ["The API port is 3000", "We changed the API port from 3000 to 4000"],
  ["The API port is 3000", "Correction: the API port is 4000"],
  ["The API port is 3000", "Actually, the API port is 4000"],
  ["The API port is 3000", "From now on the API port is 4000"],
  ["The API port is 3000", "The API port is not 3000, it is 4000"],
  ["The API port is 3000", "The API port is no longer 3000"],
  ["The API port is 3000", "The port of the API is 4000"],
  ["The API port is 3000", "API port: 4000"],
  ["The API port is 3000", "The API's port is 4000"],
  ["We use npm", "Use pnpm from now on"],
  ["We use npm", "We switched from npm to pnpm"],
  ["Semicolons are required", "Semicolons are not required"],
  ["Requires Node 18 or newer", "Requires Node 20 or newer"],
  ["Merges need one review", "Merges need two reviews"],
  ["Never push to main", "Pushing to main is allowed"],
  ["We're on Postgres 15", "We're on Postgres 17 now"],
  ["The database is Postgres 15", "The database is MySQL 8"],
  ["The API port is 8080 in production", "In production the API port is 80"],
  ["The database is Postgres 15", "We moved from Postgres to MySQL"],
  ["The API listens on port 8080", "The API port is now 9090, not 8080"],
  ["Ana owns the billing module", "Bob has taken over billing from Ana"],
  ["Deploys go to Heroku", "We no longer deploy to Heroku; it's Fly.io these days"],
  ["We use Jest for unit tests", "We dropped Jest in favour of Vitest"],
  ["CI runs on Travis", "We switched CI to GitHub Actions"],
  ["Logs go to Papertrail", "Papertrail has been replaced by Grafana Loki"],
  ["We release every Friday", "Releases happen on Tuesdays, no more Friday releases"],
  ["The frontend is written in React 17", "We upgraded the frontend to React 19"],
  ["Run the tests with npm test", "Run the tests with pnpm vitest instead of npm test"],
  ["The session timeout is 30 minutes", "Sessions now time out after 15 minutes"],
  ["The staging host is staging.shop.example", "The staging host changed to stage.acme.dev"],
  ["The database is Postgres 14", "We bumped the database to Postgres 16"],
  ["The cache TTL is 60 seconds", "The cache TTL was raised from 60 to 300 seconds"],
  ["Bob owns search", "I was wrong, Bob does not own search, Dora does"],
  ["The deploy target is Heroku", "Heroku is history, we deploy to Render"],
  ["CI is Travis", "Travis has been retired; GitHub Actions does CI"],
  ["Events go over RabbitMQ", "Actually events go over NATS since March"],
  ["Carol is the product owner", "Dan replaces Carol as product owner"],
  ["The linter is ESLint", "We swapped ESLint for oxlint"],
  ["The mobile app is Flutter", "Flutter was abandoned, the mobile app is React Native"],
  ["Images are based on node:18-alpine", "Images are now based on node:22-slim"],
  ["Sentry catches our errors", "Sentry is no longer used, GlitchTip is"],
  ["The payments team is in Lisbon", "The payments team has moved to Porto"],
  ["Ana owns billing", "Billing was handed over to Eve"],
  ["Unit tests are written with Jest", "We use Vitest from today, Jest is deprecated"],
  ["Use tabs", "Use spaces"],
  ["The retry limit is 3", "The retry limit went up to 5"],
  ["The max upload size is 10 MB", "The max upload size was raised to 25 MB"],
  ["A change needs two approvals", "A change needs one approval"],
  ["Don't use lodash", "lodash is fine again"],
  ["We use Redis for caching", "We use Memcached for caching"],
  ["Secrets are kept in Vault", "Secrets are kept in AWS Secrets Manager"],
  ["We use yarn", "We use pnpm now instead of yarn"],
  ["The build tool is webpack", "The build tool is Vite"],
  ["Ana owns billing", "Bob owns billing"],
  ["Ana owns billing", "Billing is owned by Bob"],
  ["Always squash", "Never squash"],
  ["Prefer tabs over spaces", "Prefer spaces over tabs"],
];

test.each(changes)("%s: over with %s", (before, after) => {
  expect(holding([before, after])).toEqual([after]);
});

/** What looks alike, and holds side by side: another place, time, tool, person, purpose, part. */
const both: readonly (readonly string[])[] = [
  ["Metrics are scraped by Prometheus", "Metrics are scraped every 15 seconds"],
  ["We deploy with Helm", "We deploy to eu-west-1", "We deploy on Mondays", "We deploy from main"],
  ["Emails are sent with SendGrid", "Emails are sent in HTML"],
  ["The API is hosted in Frankfurt", "The API is hosted on Hetzner"],
  ["The CLI is written in Go", "The CLI is written by Carla"],
  ["Backups are stored in S3", "Backups are stored for 30 days"],
  ["The backup runs at 02:00", "The backup runs on db-2"],
  ["The gateway listens on port 443", "The gateway listens on all interfaces"],
  ["Ana reports to Bob", "Ana reports on Fridays"],
  ["Billing is in TypeScript", "Billing is in services/billing"],
  ["Secrets are stored in Vault", "Secrets are stored encrypted"],
  ["Errors are reported to Sentry", "Errors are reported with the release name"],
  ["Deploys are done by Ana", "Deploys are done on Tuesdays"],
  [
    "port 8080 is the API port",
    "the API port is 8081 in staging",
    "the API port is 8082 for tenant Acme",
  ],
  ["Ana owns billing", "Ana owns search"],
  ["We use Redis for caching", "We use Redis for queues"],
  ["The timeout is 30 s", "The read timeout is 10 s"],
  ["We use npm", "We use TypeScript", "We use Redis"],
  ["Never deploy on Fridays", "Never deploy without a changelog"],
  ["We use Postgres", "In CI we use SQLite", "We considered MongoDB"],
  ["On Windows use npm", "Use pnpm"],
  ["Redis holds sessions", "Redis is also used for queues"],
  ["Use tabs in Go", "Use spaces in Python", "Use two spaces in YAML"],
  ["Agents may read the prod config", "Agents may not change the prod config"],
  ["Every table has a created_at column", "Every table has a primary key called id"],
  ["The debug log is at /var/log/app/debug.log", "The error log is at /var/log/app/error.log"],
  ["Forms are validated on the client", "Forms are validated again on the server"],
  ["Feature flags are stored in Unleash", "Feature flags are removed after two releases"],
  ["The read timeout is 10 s", "The write timeout is now 20 s"],
];

test.each([...both, ...bothHold].map((said) => [said]))("all of %j hold", (said) => {
  expect(holding(said)).toEqual(said);
});

test("what was changed back holds, and what was in between does not", () => {
  const said = [
    "The default theme is dark",
    "Light is the default theme now",
    "Users can pick their accent color",
    "The default theme is dark again",
  ];
  expect(holding(said)).toEqual([said[0], said[2], said[3]]);
  const active = factsOf([
    "Semicolons are required",
    "Semicolons are no longer required",
    "Semicolons are required again",
  ]).filter(({ status }) => status === "active");
  expect(active.map(({ text }) => text)).toEqual(["Semicolons are required again"]);
});

test("what a model or a file says in words of its own ends nothing that a person said", () => {
  for (const origin of ["model", "file"] as const) {
    const facts = dreamOn(
      dailyEntries([
        { text: "We use Jest for unit tests", origin: "user", session: byHand },
        { text: "Jest is deprecated, we dropped Jest in favour of Vitest", origin },
      ]),
    ).facts;
    expect(facts.every(({ status }) => status === "active")).toBe(true);
  }
});

test("the order of the record makes no difference to what is over", () => {
  const said = dailyEntries(
    [
      "Ana owns billing",
      "Billing was handed over to Eve",
      "Bob has taken over billing from Eve",
    ].map((text) => ({ text, origin: "user" as const, session: byHand })),
  );
  const facts = dreamOn(said).facts;
  expect(dreamOn(said.toReversed()).facts).toEqual(facts);
  expect(facts.filter(({ status }) => status === "active").map(({ text }) => text)).toEqual([
    "Bob has taken over billing from Eve",
  ]);
});

const ended = [
  { text: "We use Jest for unit tests", origin: "user" as const, session: byHand },
  { text: "We dropped Jest in favour of Vitest", origin: "user" as const, session: byHand },
];
const activeTexts = (said: Parameters<typeof dailyEntries>[0]): readonly string[] =>
  dreamOn(dailyEntries(said)).facts.flatMap(({ status, text }) =>
    status === "active" ? [text] : [],
  );

test("what a person ended stays so, whatever a file or a model says of it, and however often", () => {
  for (const origin of ["file", "model", "run"] as const) {
    const again = { text: "We use Jest for unit tests", origin };
    expect(activeTexts([...ended, again])).not.toContain("We use Jest for unit tests");
    const many = Array.from({ length: 24 }, (_, at) => ({
      text: `Suite ${at} has Jest and Vitest in folder number ${at * 7}`,
      origin,
    }));
    expect(activeTexts([...many, ...ended])).not.toContain("We use Jest for unit tests");
  }
  const asPeopleDo = ["Foo", "Bar", "Baz", "Qux"].map((name) => ({
    text: `We dropped ${name} in favour of ${name}x`,
    origin: "file" as const,
  }));
  expect(activeTexts([...asPeopleDo, ...ended])).not.toContain("We use Jest for unit tests");
});

test("what files say again and again takes nothing off a person's words", () => {
  const said = [
    "The upload limit is 10 MB",
    "Sessions end after 30 minutes",
    "Invoices go to Mailgun",
    "Ana owns billing",
  ];
  const texts = activeTexts([
    ...said.map((text) => ({ text: `${text}. Acme agreed to that.`, origin: "file" as const })),
    { text: "The API port is 80", origin: "user", session: byHand },
    { text: "The API port is 8080. Acme agreed to that.", origin: "user", session: byHand },
  ]);
  expect(texts).toContain("The API port is 80");
});
