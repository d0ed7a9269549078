import { setImmediate } from "node:timers/promises";

import { expect, test } from "vitest";

import { hostTurns } from "../../../src/adapters/host-turns.ts";
import { branchesInTurn, pullsInTurn } from "../../../src/adapters/publish/in-host-turns.ts";
import { parseAddress } from "../../../src/core/repos/parse-address.ts";
import type { CommitId } from "../../../src/model/ids.ts";
import type { PublishTarget, PublishWish } from "../../../src/model/publish.ts";
import { ok } from "../../../src/model/result.ts";

function targetAt(url: string): PublishTarget {
  const commit = "1".repeat(40) as CommitId;
  const parsed = parseAddress(url, "/");
  if (!parsed.ok) throw new Error(parsed.error.message);
  return { repo: url, key: url, address: parsed.value, store: "/", base: commit, commit };
}

const wish: PublishWish = {
  branch: "b",
  ifExists: "skip",
  pr: "draft",
  via: "gh",
  title: "",
  body: "",
  labels: [],
};

const unused = () => Promise.reject(new Error("unused"));

test("pushes and pull requests of one host wait for each other, whatever they do there; those of another do not", async () => {
  const under = new Map<string, number>();
  let most = 0;
  const gate = Promise.withResolvers<void>();
  const reach = async <T>({ address }: PublishTarget, value: T) => {
    const host = address.kind === "remote" ? address.host : "";
    const now = (under.get(host) ?? 0) + 1;
    under.set(host, now);
    most = Math.max(most, now);
    await gate.promise;
    under.set(host, (under.get(host) ?? 0) - 1);
    return ok(value);
  };
  const turnAt = hostTurns(2);
  const commit = "1".repeat(40) as CommitId;
  const branches = branchesInTurn(
    {
      lookUp: (target) => reach(target, undefined),
      push: (target) => reach(target, undefined),
      rebase: (target) => reach(target, commit),
      sign: unused,
      mail: unused,
    },
    turnAt,
  );
  const pulls = pullsInTurn(
    {
      find: (target) => reach(target, undefined),
      open: (target) => reach(target, "u"),
      standing: unused,
      close: unused,
    },
    turnAt,
  );
  const hosts = ["a", "b"].map((host) => targetAt(`https://${host}.example.org/x/y.git`));
  const all = hosts.flatMap((target) => [
    branches.lookUp(target, "b"),
    branches.push(target, { branch: "b", commit, replaces: undefined }),
    branches.rebase(target, "b", commit),
    pulls.find(target, wish),
    pulls.open(target, wish),
  ]);
  await setImmediate();
  expect([...under.values()]).toEqual([2, 2]);
  gate.resolve();
  await Promise.all(all);
  expect(most).toBe(2);
});
