import { valueKey } from "../words/value-key.ts";

/**
 * Well-known names of which a project has one at a time, by what they are. Two of one family, said of one thing, answer the same
 * question, whatever words stand around them.
 */
const families: Readonly<Record<string, string>> = {
  "package manager":
    "npm, pnpm, yarn, bun, pip, poetry, uv, pipenv, conda, cargo, maven, gradle, composer, bundler, nuget, cocoapods, deno",
  database:
    "PostgreSQL, Postgres, MySQL, MariaDB, SQLite, MongoDB, CockroachDB, DynamoDB, Cassandra, ScyllaDB, Oracle, SQL Server, MSSQL, Firestore, CouchDB, ClickHouse, Neo4j, Spanner, TiDB, TimescaleDB, DuckDB, Aurora",
  broker:
    "RabbitMQ, Kafka, NATS, SQS, Redis Streams, Pulsar, ActiveMQ, Kinesis, Pub/Sub, EventBridge, MQTT, Mosquitto, ZeroMQ, Redpanda, Service Bus",
  "ci provider":
    "GitHub Actions, CircleCI, Buildkite, Jenkins, GitLab CI, Drone, Travis, Travis CI, TeamCity, Azure Pipelines, Bamboo, Woodpecker, Tekton, Argo Workflows, Semaphore, AppVeyor, Concourse",
  formatter:
    "prettier, biome, dprint, oxfmt, black, ruff format, gofmt, gofumpt, rustfmt, clang-format, yapf, ktlint, shfmt",
  linter:
    "eslint, oxlint, xo, pylint, flake8, golangci-lint, rubocop, clippy, tslint, jshint, stylelint, ruff, staticcheck, detekt, checkstyle, shellcheck",
  "test framework":
    "jest, vitest, mocha, ava, node:test, pytest, unittest, jasmine, junit, testng, rspec, minitest, phpunit, uvu, xunit, nunit, kotest",
  "end-to-end framework":
    "playwright, cypress, puppeteer, selenium, webdriverio, nightwatch, testcafe",
  bundler:
    "webpack, vite, rollup, esbuild, parcel, rspack, turbopack, rolldown, browserify, tsup, swc",
  language:
    "TypeScript, JavaScript, Go, Golang, Rust, Kotlin, Python, Elixir, Java, Scala, Ruby, PHP, C#, C++, Swift, Haskell, Erlang, Clojure, OCaml, Zig, Dart, Lua, Perl, F#, Elm, Gleam, Crystal, Nim, Julia",
  licence:
    "MIT, Apache-2.0, Apache 2.0, BSD-2-Clause, BSD-3-Clause, MPL-2.0, AGPL-3.0, GPL-2.0, GPL-3.0, LGPL-3.0, ISC, BSL, BUSL-1.1, Unlicense, EPL-2.0, SSPL, CC0-1.0, 0BSD, proprietary",
  orm: "Prisma, TypeORM, Drizzle, Sequelize, Kysely, Knex, MikroORM, Objection, SQLAlchemy, Hibernate, ActiveRecord, GORM, Ecto, Diesel, Mongoose, Peewee, jOOQ",
  dashboard:
    "Grafana, Datadog, Kibana, Honeycomb, New Relic, Dynatrace, Splunk, CloudWatch, Looker, Metabase, Superset, Tableau, Chronograf",
  "web framework":
    "Express, Fastify, Koa, Hapi, NestJS, Hono, Django, Flask, FastAPI, Rails, Sinatra, Laravel, Symfony, Spring Boot, Gin, Fiber, Actix, Axum, Phoenix",
  "frontend framework":
    "React, Vue, Svelte, Angular, Solid, Preact, Ember, Lit, Qwik, Next.js, Nuxt, Remix, SvelteKit, Astro",
  "log level": "debug, info, warn, warning, error, trace, fatal, notice, verbose",
  weekday: "Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday",
  frequency:
    "hourly, daily, nightly, weekly, monthly, yearly, quarterly, twice a day, twice a week, every night, every hour, every day, every week, once a day, once a week, fortnightly, biweekly",
  "merge strategy":
    "squash, rebase, merge commits, fast-forward, squash merge, rebase merge, merge commit",
  indentation: "tabs, 2 spaces, 4 spaces, 3 spaces, 8 spaces, two spaces, four spaces",
  timezone:
    "UTC, CET, CEST, GMT, EST, PST, Europe/Berlin, Europe/London, America/New_York, Asia/Tokyo",
  orchestrator:
    "Kubernetes, Nomad, ECS, Docker Swarm, Mesos, OpenShift, Cloud Run, Fargate, Lambda, Heroku, Fly.io, Render, Vercel, Netlify",
  "infrastructure tool":
    "Terraform, Pulumi, CloudFormation, Ansible, Chef, Puppet, OpenTofu, CDK, Bicep",
  "error tracker": "Sentry, Rollbar, Bugsnag, Airbrake, Raygun, GlitchTip",
};

/** By `valueKey`: the families that a value is of, and whether it is written with a capital. */
const byKey: ReadonlyMap<string, { readonly of: readonly string[]; readonly isCapital: boolean }> =
  familiesByKey();

function familiesByKey(): Map<string, { of: readonly string[]; isCapital: boolean }> {
  const found = new Map<string, { of: readonly string[]; isCapital: boolean }>();
  for (const [family, members] of Object.entries(families)) {
    for (const member of members.split(", ")) {
      const key = valueKey(member);
      const of = [...(found.get(key)?.of ?? []), family];
      found.set(key, { of, isCapital: /[A-Z]/.test(member) });
    }
  }
  return found;
}

/** Places of the clouds have their own shape: "eu-west-1", "europe-west4", "northeurope1". */
const region =
  /^(?:(?:us|eu|ap|sa|ca|me|af|il|cn|mx)(?:-gov)?-[a-z]+-\d|(?:us|europe|asia|australia|northamerica|southamerica|me|africa)-[a-z]+\d)$/;
const channel = /^#[a-z][\w-]*$/;
const image = /^[a-z][\w./-]*:[\w.-]+$/;

/** The families of a value; most have none. */
export function familiesOf(key: string): readonly string[] {
  if (region.test(key)) return ["region"];
  if (channel.test(key)) return ["channel"];
  if (image.test(key) && !key.startsWith("node:test")) return ["image"];
  return byKey.get(key)?.of ?? [];
}

/** Whether a part of a text is one of these names; "Go" is one, "go" is none. */
export function isKnownName(written: string): boolean {
  const held = byKey.get(valueKey(written));
  return held !== undefined && (!held.isCapital || /[A-Z]/.test(written));
}
