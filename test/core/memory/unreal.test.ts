import { expect, test } from "vitest";

import { isUnreal } from "../../../src/core/memory/unreal/is-unreal.ts";
import { dreamOn, entriesOf } from "../../corpus/memory/dream-on.ts";

/** Those of some texts that a person says for nothing. */
const unrealOf = (...texts: readonly string[]): readonly string[] =>
  texts.filter((text) => isUnreal(text, "user"));

/** What is only talk, and what holds, though it has the same words in it. */
function tells(talk: readonly string[], real: readonly string[]): void {
  expect(unrealOf(...talk)).toEqual(talk);
  expect(unrealOf(...real)).toEqual([]);
}

test("what would be is not so; what somebody would like, warns of or has agreed on is", () => {
  tells(
    [
      "In a perfect world the request timeout of cart would be 15 s.",
      "Ideally the search index would live in eu-central-1.",
      "Had we picked Postgres for the ledger, the reconciliation would have been trivial.",
      "If the load doubled, the memory limit of mailer would have to be 2 GB.",
      "We could have used NATS for the telemetry stream.",
      "I wish the default branch were trunk.",
      "We were going to rename the service to harbor.",
      "I would like to propose trunk for the deploy branch at the next meeting.",
      "One day we may replace Jenkins with Buildkite.",
    ],
    [
      "Running both would corrupt the cache.",
      "Without the lock the build would not start.",
      "Two writers would clobber each other, so there is a lock.",
      "I would like tabs in Go files.",
      "I'd prefer squash merges.",
      "I wish to be asked before anything is deleted.",
      "It would be great if you always ran the linter first.",
      "We agreed that the API would speak plain JSON.",
      "If the queue is full, web answers 503.",
      "If the file had a BOM, the importer strips it.",
      "Would-be admins need a hardware key.",
      "In theory it is 5 s, in practice the timeout is 8 s.",
      "It could be that the scheduler runs in UTC.",
    ],
  );
});

test("what once was says nothing, unless it says how it is now, or that it changed", () => {
  tells(
    [
      "Historical note: in the first prototype the log level of proxy was debug.",
      "Back in the monolith days the cache TTL of search had been 2 min for a while.",
      "Originally the renderer used OpenGL 3.3.",
      "At my last job the code owners of the API were the platform people.",
      "When I joined, the test runner was Karma.",
      "In 2013 harbor still had Nils as its owner, that is long gone.",
      "Once upon a time the CI ran on Travis.",
    ],
    [
      "The port of intake was 8080, it is 8081 now.",
      "Originally the renderer used OpenGL, today it uses Vulkan.",
      "Back in May we switched the mail relay to port 587.",
      "The memory cap was set to 848 MB, formerly 288 MB.",
      "The crawler no longer respects the old sitemap.",
      "In 2023 we decided to use pnpm.",
      "The company was founded in 2011.",
      "The service came back when the pod was restarted.",
      "At first start the app asks for a license key.",
      "The first replica is in Frankfurt.",
    ],
  );
});

test("what was tried and undone is not so; what was brought back, or stayed after it, is", () => {
  tells(
    [
      "Attempted to set the message broker of cart to NATS, got a permission error, left it alone.",
      "Abandoned the branch that would have set the owner of calendar to Payments.",
      "The experiment with MPL-2.0 for the licence of cli in 2.x failed; nothing was changed.",
      "The switch to ESBuild was rolled back on the same afternoon.",
      "The pull request that made Kotlin the language of the adapter was closed without merging.",
      "Merged the change to port 9090, then reverted it within the hour.",
      "We gave pnpm a go in the widgets repo; it was reverted before lunch.",
    ],
    [
      "The log level was reverted to debug.",
      "The rollback to 3.1 is done: production runs 3.1 again.",
      "We gave up on Bazel and build with Make.",
      "After the trial we stayed with Buildkite, and it runs all pipelines.",
      "mailer retries a failed call up to 4 attempts.",
      "The client gave up after 5 attempts.",
      "The switch to TLS 1.3 broke old clients.",
      "blunt didn't land, make status updates friendly",
      "The experiment service is written in Elixir.",
    ],
  );
});

test("what is proposed, planned or open is not so; what was taken up, is planned for a day, or is done with all proposals is", () => {
  tells(
    [
      "Plan for the fourth quarter, still to be approved: the alert channel of cart to #red.",
      "Proposal: make Wednesday the deploy day of the console.",
      "RFC 12 suggests zstd for the snapshots, comments are open until Friday.",
      "Sam put forward Ruff as the linter of the notebook repo; no answer yet.",
      "The patch that makes the base image of cart python:3.12 was rejected in review, the idea was dropped.",
      "Under discussion: 45 days as the retention of audit logs.",
      "We are still discussing whether the archive bucket should be in Dublin.",
      "One candidate for the message bus is Pulsar.",
      "We plan to move the wiki to Notion.",
    ],
    [
      "The proposal to deploy on Wednesdays was approved.",
      "After a long debate we chose Kafka as the message bus.",
      "The freeze starts next Monday.",
      "The release is planned for Thursday.",
      "Its log lines suggest mailer logs in plain text.",
      "Proposals go into docs/rfc as a Markdown file.",
      "Infra changes have to be approved by the platform team.",
      "If the change is not approved, the bot closes it.",
      "Orders pending approval are shown in grey.",
      "Users who plan to use SSO need Enterprise.",
      "Poll for new mail every 30 seconds.",
      "The proposal generator reads templates from S3.",
      "Dates are written as in RFC 3339.",
      "The plan was upgraded to Pro.",
    ],
  );
});

test("what others have or say is not said of this; what others do with ours is", () => {
  tells(
    [
      "A colleague of mine swears by Nix for such setups.",
      "The team across the hall deploys with Spinnaker.",
      "A blog post from 2019 argues for Mocha.",
      "Another company wrote a post about Jest, unrelated to us.",
      "At KubeCon somebody said their ingress is Traefik.",
      "I hear that other banks rotate their keys every 14 days.",
    ],
    [
      "Another team maintains the gateway.",
      "leave that helper alone, other teams import it.",
      "Requests from another customer are rejected.",
      "Some people have trouble with infra.live.",
      "The blog of the company runs on Ghost.",
      "Users see only their team.",
      "A teacher has at most 30 pupils.",
      "Support happens on Discord.",
    ],
  );
});

test("a question says nothing, nor does who does not know; a rule for questions, and who knows that but not why, do", () => {
  tells(
    [
      "Vote on the page: would you take vitest for the test runner of lintbox?",
      "Is 9000 still the port of web? I could not tell.",
      "She wanted to know whether the API key lives in Vault.",
      "No clue whether the beta channel is still on 3.1.",
      "Unclear: the build tool of the handbook. I need to ask.",
    ],
    [
      "Questions about pricing go to #pricing-help.",
      "Nobody knows why billing needs that old library.",
      "As far as I can tell, cart times requests out at 8 s",
      "To find out which version runs, call /version.",
      "The wizard asks which region to use.",
      "Users are asked for their PIN when they pay.",
      "web polls every 2 min?",
    ],
  );
});

test("examples and jokes say nothing; what is called so does", () => {
  tells(
    [
      "For example, if your service is called foo, its port could be 1234.",
      "E.g. if the region was Mars, latency is 12 minutes.",
      "Say we had three shards; then the router hashes by tenant.",
      "Imagine a repo where the only reviewer is a cat.",
      "Just kidding, the deploy day is not Sunday.",
    ],
    [
      "Use short names, for example ui instead of user-interface.",
      'Say "service", not "micro-service", in the docs.',
      "The jokes endpoint has a limit of 5.",
      "The example app is built by the same pipeline.",
      'The word "joke" is filtered by the chat bot.',
      "the owner of `what-if` is Ana",
    ],
  );
});

test("talk of what might be takes the place of nothing, whoever says it last", () => {
  const texts = [
    "The log level of consent-proxy is info.",
    "Historical note: in the first prototype the log level of consent-proxy was debug.",
    "In a perfect world the log level of consent-proxy would be error.",
    "Plan for the fourth quarter, still to be approved: the log level of consent-proxy to warn.",
    "Attempted to set the log level of consent-proxy to trace, got a permission error, left it alone.",
  ];
  const said = texts.map((text, seq) => ({
    session: `s${seq}`,
    seq,
    at: new Date(Date.UTC(2026, 1, 2, seq)).toISOString(),
    origin: "user" as const,
    text,
  }));
  expect(dreamOn(entriesOf(said)).facts.map(({ text, status }) => `${status}: ${text}`)).toEqual([
    "active: The log level of consent-proxy is info.",
  ]);
});

/** Whether one sentence, said alone by a person, becomes a fact. */
const kept = (text: string): boolean =>
  dreamOn(entriesOf([{ session: "s", seq: 0, at: "2026-02-02T00:00:00Z", origin: "user", text }]))
    .facts.length === 1;

test("what is to be so from here on is no talk, however it begins", () => {
  expect(kept("Let's use tabs from now on.")).toBe(true);
  expect(kept("Could you always put the ticket number first in commit messages.")).toBe(true);
  expect(kept("Let's use tabs here.")).toBe(false);
  expect(kept("Could you put the ticket number first.")).toBe(false);
  expect(kept("OK, never mind")).toBe(false);
});

/** What a dream keeps of what a person typed on one morning. */
function keptOf(...texts: readonly string[]): readonly string[] {
  const said = texts.map((text, seq) => ({
    session: `s-${seq}`,
    seq,
    at: "2026-03-03T10:00:00.000Z",
    origin: "user" as const,
    text,
  }));
  return dreamOn(entriesOf(said)).facts.map(({ text }) => text);
}

test("what the user said is told, whoever wrote that they said it; that somebody said thanks is not", () => {
  expect(
    keptOf(
      "User said the St. Anna clinic gets its training tomorrow.",
      "CI history: the visual baseline was regenerated yesterday.",
      "User said thanks.",
    ).toSorted(),
  ).toEqual([
    "CI history: the visual baseline was regenerated on 2026-03-02.",
    "User said the St. Anna clinic gets its training on 2026-03-04.",
  ]);
});

test("what came to an end on a day is an event, and sets nothing; what somebody tried is neither", () => {
  expect(
    keptOf(
      "Ten days ago the lake migration was rolled back",
      "The feature branch for bulk pickups in web was deleted yesterday.",
      "The move of the port of web to 9000 was reverted yesterday.",
      "The port of web is 8000.",
      "We tried to move web to bun last Friday and rolled it back.",
      "The lake migration was rolled back",
    ).toSorted(),
  ).toEqual([
    "On 2026-02-21 the lake migration was rolled back",
    "The feature branch for bulk pickups in web was deleted on 2026-03-02.",
    "The move of the port of web to 9000 was reverted on 2026-03-02.",
    "The port of web is 8000.",
  ]);
});
