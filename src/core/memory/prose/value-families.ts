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
    "GitHub Actions, CircleCI, Buildkite, Jenkins, GitLab CI, Travis, Travis CI, TeamCity, Azure Pipelines, Bamboo, Woodpecker, Tekton, Argo Workflows, Semaphore, AppVeyor, Concourse",
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
  quotes: "single quotes, double quotes, backticks",
  indentation: "tabs, spaces, 2 spaces, 4 spaces, 3 spaces, 8 spaces, two spaces, four spaces",
  timezone:
    "UTC, CET, CEST, GMT, EST, PST, Europe/Berlin, Europe/London, America/New_York, Asia/Tokyo",
  orchestrator:
    "Kubernetes, Nomad, ECS, Docker Swarm, Mesos, OpenShift, Cloud Run, Fargate, Lambda, Heroku, Fly.io, Vercel, Netlify",
  "infrastructure tool":
    "Terraform, Pulumi, CloudFormation, Ansible, Chef, Puppet, OpenTofu, CDK, Bicep",
  "error tracker": "Sentry, Rollbar, Bugsnag, Airbrake, Raygun, GlitchTip",
  "i18n library":
    "i18next, react-intl, FormatJS, Lingui, Paraglide, typesafe-i18n, vue-i18n, next-intl, Polyglot, gettext, Fluent",
  "form library":
    "React Hook Form, TanStack Form, Formik, Conform, Final Form, react-final-form, VeeValidate, Felte",
  "validation library":
    "Zod, Valibot, Joi, Yup, Ajv, io-ts, TypeBox, ArkType, Superstruct, class-validator, Pydantic, marshmallow, Cerberus, attrs",
  logger:
    "pino, winston, bunyan, log4js, loguru, structlog, zerolog, logrus, log4j, logback, env_logger, tslog, consola",
  "state management":
    "Redux, Redux Toolkit, Zustand, MobX, Jotai, Recoil, Pinia, Vuex, XState, Effector, Valtio, NgRx",
  "css tooling":
    "Tailwind, Tailwind CSS, CSS Modules, styled-components, Emotion, vanilla-extract, Sass, UnoCSS, Panda CSS, Stitches, Linaria",
  "component library":
    "MUI, Material UI, Chakra UI, Ant Design, Radix, shadcn/ui, Bootstrap, Mantine, Vuetify, Headless UI",
  "icon set":
    "Lucide, Heroicons, Font Awesome, Material Symbols, Phosphor, Tabler Icons, Remix Icon",
  "map library": "MapLibre, Leaflet, Mapbox, Mapbox GL, OpenLayers, Google Maps, deck.gl",
  "charting library":
    "matplotlib, seaborn, plotly, altair, bokeh, plotnine, ggplot2, D3, Chart.js, ECharts, Recharts, Highcharts, Vega, Nivo, Victory, pygal",
  "data fetching": "TanStack Query, React Query, SWR, Apollo, Apollo Client, urql, RTK Query",
  "http client":
    "axios, ky, undici, node-fetch, superagent, httpx, aiohttp, urllib3, OkHttp, Ktor, Ktor client, Retrofit, Volley, Alamofire, URLSession, reqwest, ureq, resty, Faraday, Guzzle",
  "gitops tool": "Argo CD, ArgoCD, Flux, Flux CD, Werf, Rancher Jenkins X",
  hosting:
    "Netlify, Vercel, Cloudflare Pages, GitHub Pages, GitLab Pages, Amplify, Amplify Hosting, Firebase Hosting, Fly.io, Heroku, S3 and CloudFront, Azure Static Web Apps, Read the Docs",
  "documentation tool":
    "Docusaurus, VitePress, Starlight, Nextra, TypeDoc, Sphinx, MkDocs, mkdocs, Antora, GitBook, Mintlify, pdoc, jupyter-book, quarto, mdBook, rustdoc, Doxygen, Javadoc, Dokka, JSDoc, Hugo, Jekyll, Docsify, Storybook",
  "secret store":
    "HashiCorp Vault, Vault, AWS Secrets Manager, Doppler, Infisical, SOPS, 1Password, Azure Key Vault, GCP Secret Manager, Google Secret Manager, Sealed Secrets, External Secrets, SSM Parameter Store, Bitwarden, git-crypt",
  authentication:
    "JWT, JWT bearer tokens, signed JWTs, mTLS, HMAC, HMAC signatures, HMAC headers, API keys, API tokens, OAuth, OAuth2, OAuth 2.0, OIDC, SAML, session cookies, signed cookies, basic auth, bearer tokens, magic links, passkeys, LDAP, Kerberos",
  "identity provider":
    "Auth0, Okta, Keycloak, Cognito, Ory, Zitadel, Authentik, Azure AD, Entra ID, Supabase Auth, Firebase Auth, FusionAuth",
  "deploy strategy":
    "rolling, rolling update, blue-green, blue/green, canary, big bang, A/B, all-at-once",
  "branching model":
    "trunk-based, trunk-based development, git-flow, Gitflow, GitHub flow, GitLab flow, release branches, ship-show-ask, one-flow",
  "update bot": "Dependabot, Renovate, Snyk, Snyk bot, Depfu, PyUp, Scala Steward, Mend",
  "changelog tool":
    "changesets, release-please, semantic-release, git-cliff, towncrier, conventional-changelog, standard-version, auto-changelog, release-drafter, goreleaser, cargo-release, lerna, release-it, scriv",
  "version scheme":
    "SemVer, CalVer, ZeroVer, semantic versioning, calendar versioning, build numbers, date-based",
  "commit convention": "Conventional Commits, gitmoji, Angular style, Karma style",
  "base image":
    "alpine, distroless, distroless-static, debian, debian bookworm-slim, bookworm-slim, bullseye-slim, ubuntu, ubuntu-minimal, chainguard, wolfi, busybox, ubi9, ubi9-minimal, ubi8-minimal, rockylinux, amazonlinux, amazon linux 2023",
  "type checker": "mypy, pyright, basedpyright, pytype, pyre, pyrefly, Sorbet, Steep",
  "ml framework":
    "PyTorch, TensorFlow, JAX, Keras, scikit-learn, sklearn, XGBoost, LightGBM, CatBoost, ONNX, MXNet, fastai, statsmodels, Flax",
  "dataframe engine":
    "pandas, polars, dask, spark, Spark, PySpark, modin, vaex, cuDF, DataFusion, Flink, Trino, Presto, Hive",
  "table format":
    "Parquet, Delta, Delta Lake, Iceberg, Hudi, ORC, Avro, CSV, JSON Lines, HDF5, Zarr",
  "workflow engine":
    "Airflow, Dagster, Prefect, Luigi, Temporal, Argo Workflows, Kubeflow, Metaflow, Oozie, Step Functions, Cadence, Camunda, Flyte, Kestra",
  "task queue":
    "Celery, RQ, Dramatiq, Huey, arq, Sidekiq, Resque, BullMQ, Bull, Bee-Queue, Agenda, Faktory, Hangfire, Oban, Machinery, Asynq, Delayed Job, Graphile Worker, pg-boss",
  "cache store":
    "Redis, Memcached, Valkey, KeyDB, Dragonfly, Hazelcast, Varnish, Caffeine, Ehcache, Ignite",
  "search engine":
    "Elasticsearch, OpenSearch, Solr, Meilisearch, Typesense, Algolia, Vespa, Sphinx Search, Zinc, Tantivy, Lunr",
  "object store":
    "S3, MinIO, GCS, Google Cloud Storage, Azure Blob Storage, Cloudflare R2, R2, Backblaze B2, Ceph, SeaweedFS, Wasabi",
  "package registry":
    "npmjs.org, npmjs, GitHub Packages, AWS CodeArtifact, CodeArtifact, Verdaccio, Artifactory, JFrog Artifactory, Nexus, PyPI, crates.io, Maven Central, Cloudsmith, Gemfury, devpi, ghcr.io, ECR, Docker Hub, Quay, Harbor, GCR, ACR",
  "payment provider":
    "Stripe, Adyen, Braintree, PayPal, Mollie, Klarna, Paddle, Worldpay, Checkout.com",
  "mail provider":
    "SendGrid, Mailgun, Postmark, SES, Amazon SES, SparkPost, Mailchimp, Brevo, Mailjet",
  "feature flags":
    "LaunchDarkly, Unleash, Flagsmith, Optimizely, ConfigCat, GrowthBook, Statsig, Flipt, PostHog",
  "service mesh": "Istio, Linkerd, Consul, Consul Connect, Kuma, Traefik Mesh",
  "ingress controller":
    "nginx, NGINX, Traefik, HAProxy, Envoy, Contour, Kong, Ambassador, Caddy, Apache",
  "network plugin": "Calico, Flannel, Weave, Weave Net, Antrea, Canal",
  "alert target":
    "PagerDuty, Opsgenie, VictorOps, Splunk On-Call, Grafana OnCall, xMatters, Squadcast, incident.io",
  "log store":
    "Loki, Elasticsearch, Splunk, Graylog, Papertrail, Loggly, Sumo Logic, CloudWatch Logs, Logz.io, Better Stack",
  "tracing backend":
    "Jaeger, Zipkin, Tempo, Lightstep, X-Ray, AWS X-Ray, Honeycomb, SigNoz, Elastic APM",
  "metrics store": "Prometheus, VictoriaMetrics, Thanos, Mimir, Cortex, InfluxDB, StatsD, Telegraf",
  "migration tool":
    "Flyway, Liquibase, Alembic, goose, golang-migrate, tern, dbmate, knex migrate, Sqitch, node-pg-migrate, refinery, sqlx migrate, Prisma Migrate, Umzug",
  "monorepo tool":
    "Nx, Turborepo, Lerna, Bazel, Pants, Rush, Buck2, Buck, Gradle composite builds, Earthly",
  "image loader":
    "Glide, Coil, Picasso, Fresco, Kingfisher, SDWebImage, Nuke, AlamofireImage, PINRemoteImage",
  "injection framework":
    "Hilt, Dagger, Koin, Kodein, Swinject, Guice, InversifyJS, tsyringe, Anvil",
  "ui test tool":
    "Espresso, Maestro, Appium, Detox, XCUITest, UI Automator, EarlGrey, Kaspresso, Calabash",
  "local store":
    "SQLDelight, Core Data, SwiftData, ObjectBox, MMKV, DataStore, GRDB, WatermelonDB, Hive Box",
  "beta channel":
    "TestFlight, Firebase App Distribution, App Center, Play internal track, Play open track, Play closed track, Diawi",
  "compile target":
    "ES5, ES2015, ES2016, ES2017, ES2018, ES2019, ES2020, ES2021, ES2022, ES2023, ES2024, ESNext",
  "c++ standard": "C++11, C++14, C++17, C++20, C++23, C++26, C99, C11, C17",
  "module format": "ESM, CJS, CommonJS, UMD, AMD, IIFE, ESM only, dual ESM and CJS, SystemJS",
  linkers: "lld, ld64, link.exe",
  allocator: "jemalloc, mimalloc, tcmalloc, snmalloc, rpmalloc, dlmalloc, ptmalloc, system malloc",
  compression: "gzip, brotli, zstd, lz4, snappy, deflate, xz, bzip2, lzma",
  hash: "SHA-1, SHA-256, SHA-512, MD5, BLAKE2, BLAKE3, xxHash, CityHash, SipHash, MurmurHash, FNV, CRC32, HighwayHash, wyhash, XXH3",
  "password hash": "bcrypt, scrypt, Argon2, Argon2id, PBKDF2",
  "graphics api":
    "Vulkan, OpenGL, Direct3D 12, Direct3D 11, DirectX 12, WebGPU, wgpu, WebGL, OpenGL ES",
  "async runtime": "tokio, async-std, smol, glommio, monoio, asyncio, trio, uvloop, gevent, libuv",
  "wsgi server":
    "gunicorn, uvicorn, uWSGI, Hypercorn, Daphne, waitress, Puma, Unicorn, Granian, mod_wsgi, Passenger",
  "serialization format":
    "JSON, Protobuf, protobuf, MessagePack, Avro, Thrift, CBOR, FlatBuffers, Cap'n Proto, bincode, BSON, XML, postcard, RON",
  "api style": "REST, GraphQL, gRPC, tRPC, SOAP, JSON-RPC, OData",
  "config format": "YAML, TOML, JSON5, INI, HCL, KDL, dotenv, Jsonnet, CUE, Dhall, Pkl",
  "isolation level": "read committed, repeatable read, serializable, read uncommitted, snapshot",
  "id format":
    "UUIDv4, UUIDv7, UUID v4, UUID v7, ULID, Snowflake, Snowflake ids, nanoid, NanoID, KSUID, CUID, CUID2, ObjectId, auto-increment",
  shell: "bash, zsh, PowerShell, pwsh, nushell, ksh",
  editor:
    "VS Code, Vim, vim, Neovim, Emacs, IntelliJ, IntelliJ IDEA, PyCharm, WebStorm, GoLand, Sublime Text, Helix, Zed, Xcode",
  "git client": "lazygit, GitKraken, Sourcetree, tig, GitHub Desktop, magit, gitui, jj",
  "issue tracker":
    "Jira, YouTrack, GitHub Issues, GitLab Issues, Asana, Trello, Shortcut, Redmine, Bugzilla, Phabricator, Azure Boards",
  "chat tool": "Slack, Microsoft Teams, Discord, Mattermost, Zulip, Rocket.Chat, IRC, Google Chat",
  wiki: "Confluence, Notion, BookStack, GitHub wiki, Google Docs, DokuWiki, MediaWiki, Obsidian",
  "code owner review":
    "CODEOWNERS, round robin, Gerrit, Reviewable, Phabricator Differential, Graphite reviews",
  vpn: "WireGuard, OpenVPN, Tailscale, ZeroTier, IPsec, Cloudflare WARP, Teleport",
  "backup tool":
    "restic, Borg, BorgBackup, Velero, pgBackRest, Barman, WAL-G, rsnapshot, Duplicity, rclone, Litestream",
  "property testing":
    "fast-check, Hypothesis, proptest, QuickCheck, jqwik, quickcheck, testing/quick, ScalaCheck, Hedgehog",
  "mocking library":
    "mockery, gomock, counterfeiter, Mockito, MockK, sinon, msw, MSW, WireMock, mockall, testdouble, unittest.mock",
  "benchmark tool":
    "criterion, hyperfine, k6, Locust, locust, JMeter, Gatling, wrk, wrk2, vegeta, autocannon, artillery, Artillery, bombardier, pytest-benchmark, divan, asv",
  "coverage tool":
    "c8, nyc, istanbul, Istanbul, coverage.py, tarpaulin, cargo-llvm-cov, JaCoCo, Kover, gcov, lcov, Codecov, Coveralls, SimpleCov, llvm-cov",
  profiler:
    "py-spy, pprof, flamegraph, samply, Tracy, tracy, async-profiler, Pyroscope, Parca, clinic.js, cProfile, scalene, VTune, valgrind",
  "code generator":
    "protoc, openapi-generator, oapi-codegen, graphql-codegen, orval, sqlc, quicktype, swagger-codegen, NSwag, ts-proto, bindgen, cbindgen, SWIG, pybind11, PyO3, napi-rs, wasm-bindgen, UniFFI",
  "license scanner": "FOSSA, Snyk license, licensee, scancode, cargo-deny, license-checker, ORT",
  "secret scanner":
    "gitleaks, trufflehog, TruffleHog, detect-secrets, GitGuardian, git-secrets, ggshield",
  "vulnerability scanner":
    "Trivy, trivy, Grype, grype, Clair, Anchore, Dependency-Check, pip-audit, npm audit, cargo-audit, osv-scanner, Prowler, Checkov, tfsec, Semgrep, CodeQL, SonarQube, Bandit, Brakeman",
  "provisioning tool":
    "Packer, Vagrant, cloud-init, Kickstart, Karpenter, Cluster Autoscaler, kops, kubeadm, kubespray, Cluster API, eksctl",
  "container runtime": "containerd, CRI-O, Docker, Podman, gVisor, Kata Containers, runc, crun",
  "image builder": "Kaniko, kaniko, BuildKit, buildah, Buildpacks, Jib, Bazel rules_oci, nixpacks",
  "template engine":
    "Handlebars, Mustache, EJS, Pug, Nunjucks, Jinja2, Jinja, Liquid, Twig, Thymeleaf, Tera, Askama, minijinja, Mako",
  "parser generator":
    "ANTLR, ANTLR4, tree-sitter, pest, nom, LALRPOP, Bison, yacc, PEG.js, Peggy, Chevrotain, lark, Lark, winnow, chumsky, Nearley",
  "cli framework":
    "commander, yargs, oclif, clap, Click, click, Typer, argparse, cobra, urfave/cli, picocli, structopt, argh, cac, citty, meow, docopt, lexopt, pico-args",
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
