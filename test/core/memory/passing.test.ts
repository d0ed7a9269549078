import { expect, test } from "vitest";

import { readClaim } from "../../../src/core/memory/claim/read-claim.ts";
import { passes } from "../../../src/core/memory/prose/passing.ts";
import { valueKey } from "../../../src/core/memory/words/value-key.ts";
import { dailyEntries, dreamOn } from "../../corpus/memory/dream-on.ts";

type Told = readonly [text: string, subject: string, value: string];

/** Whether a sentence without a key tells what passes, where it was read to say a value of a subject. */
function isPassing([text, subject, value]: Told): boolean {
  const claim = { ...readClaim(text), subject, value, valueKey: valueKey(value) };
  const observation = {
    session: "s",
    seq: 1,
    at: "2026-02-01T00:00:00Z",
    origin: "user",
    text,
  } as const;
  return passes({ observation, text, claim });
}

test.each<Told>([
  ["skip tide-web in this session, Ana is on it", "tide-web", "Ana"],
  ["Stop here, Ana wants to see paths.ts before more changes", "paths.ts", "Ana"],
  ["hold KT-12 until Mei has seen tide-web", "tide-web", "KT-12"],
  ["Mei asked for a short demo of tide-web in the guild", "tide-web", "Mei"],
  ["The wiki page about tide-web was edited by Ruben", "tide-web", "Ruben"],
  ["Moved two helper functions of tide-web into paths.ts", "tide-web", "paths.ts"],
  ["docs/api.md has a section on tide-web written by Mei", "tide-web", "Mei"],
  ["build 204 of tide-web failed", "tide-web", "204"],
  ["rename it to foldRows, the current name in tide-web is confusing", "tide-web", "foldRows"],
  ["Next step for tide-web: look at the login screen", "tide-web", "login screen"],
  ["The demo of tide-web went well, people laughed at the 5 test users", "tide-web", "5"],
  ["please leave paths.ts in tide-web alone for now, Ana is rewriting it", "tide-web", "paths.ts"],
  ["Removed dead code next to the zone lookup in tide-web.", "tide-web", "zone lookup"],
  ["Started on the login screen in tide-web, first sketch is in place", "tide-web", "login screen"],
  ["Paired with Ana on the login screen in tide-web", "tide-web", "Ana"],
  ["Keep the pull request for the login screen in tide-web small", "tide-web", "small"],
  ["Moved on from tide-web to the login screen on request", "tide-web", "login screen"],
  ["stop, wrong branch, we are on fix/curves-35", "branch", "fix/curves-35"],
  ["HEAD of tide-web is a67fe4d12839 after the pull", "tide-web", "a67fe4d12839"],
  ["The diff of tide-web shows 268 insertions and 10 deletions", "tide-web", "268"],
  ["Ana is on holiday, so do not wait for tide-web", "tide-web", "Ana"],
  ["Compiler error in tide-web, src/i.ts line 178: a missing bracket", "tide-web", "178"],
  ["Looks good to me, merge KT-12 when the checks on tide-web are done", "tide-web", "KT-12"],
  ["No, not KT-9, I meant the other one next to it. Look at KT-12", "KT-9", "KT-12"],
  ["Snapshot tests of tide-web updated, 2 snapshots differ", "tide-web", "2"],
  ["Ana thinks tide-web is nicer in blue", "tide-web", "blue"],
  ["The refactoring of foldRows is finished and was handed to Ana", "foldRows", "Ana"],
])("it passes: %s", (...told) => {
  expect(isPassing(told)).toBe(true);
});

test.each<Told>([
  ["to reach tide-web, use port 4000", "tide-web", "4000"],
  ["For Chrome, the tide app is compiled to es2017", "tide app", "Chrome"],
  ["Ana left, Mei has tide-web", "tide-web", "Mei"],
  ["the suite of tide-web has 400 cases", "tide-web", "400"],
  ["back to 16 as the batch size of tide-web", "tide-web", "16"],
  ["no, not #ops: tide-web posts to #web", "tide-web", "#web"],
  ["tide-web retries; 3 times at most", "tide-web", "3"],
  ["tide-web is killed unless it stops in 30 s", "tide-web", "30 s"],
  ["tide-web was sized for 20 users", "tide-web", "20"],
  ["tide-web polled every 5 s", "tide-web", "5 s"],
  ["Ana owns tide-web until Lena is back", "tide-web", "Ana"],
  ["Moved the settings of tide-web into config.toml", "tide-web", "config.toml"],
  ["if tide-web is down, post in #oncall", "tide-web", "#oncall"],
  ["questions about tide-web go to its owner, Ana Vale", "tide-web", "Ana Vale"],
  ["a request to tide-web is given up once 9 s have passed", "tide-web", "9 s"],
  ["the pool size requested by tide-web is 12", "tide-web", "12"],
  ["Stop, tide-web is on port 9000", "tide-web", "9000"],
  ["Wait, not 8080: the port of tide-web is 8081", "tide-web", "8081"],
  ["I have told Ana, the reviewer of tide-web is Ben", "tide-web", "Ben"],
  ["git push runs the husky checks of tide-web", "tide-web", "husky checks"],
  ["Fixed retry limit in tide-web, the retry limit of tide-web is 5", "tide-web", "5"],
  ["the audit log for tide-web written by the gateway is kept 7 years", "tide-web", "7 years"],
  ["I have put tide-web on port 9000", "tide-web", "9000"],
  ["tide-web was handed to Ana", "tide-web", "Ana"],
  ["the move of tide-web to bun is finished", "tide-web", "bun"],
  ["cached responses of tide-web expire after 30 s", "tide-web", "30 s"],
  ["Unhandled errors of tide-web go to Sentry", "tide-web", "Sentry"],
  ["the timeout of tide-web was set to 30 s", "tide-web", "30 s"],
  ["the retry limit of tide-web went from 3 to 5", "tide-web", "5"],
  ["Moved the alerts of tide-web to #noise", "tide-web", "#noise"],
])("it holds: %s", (...told) => {
  expect(isPassing(told)).toBe(false);
});

test("what passes takes the place of nothing, however often its like is said", () => {
  const things = ["tide-web", "kelp-api", "gull-cli", "reef-db"];
  const said = ["paths.ts", "worker.ts", "graph.ts"].flatMap((file) =>
    things.map((thing) => ({ text: `moved two helper functions of ${thing} into ${file}` })),
  );
  const { facts } = dreamOn(dailyEntries(said));
  expect(facts.filter(({ status }) => status === "active")).toHaveLength(12);
});

test("sentences that pass are one only when they are the same", () => {
  const things = ["tide-web", "kelp-api", "gull-cli", "reef-db"];
  const said = things.map((thing) => ({ text: `the helper of ${thing} was edited by Ana` }));
  expect(dreamOn(dailyEntries(said)).facts).toHaveLength(4);
});
