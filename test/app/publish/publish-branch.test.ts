import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import pLimit from "p-limit";
import { expect, onTestFinished, test, vi } from "vitest";

import { createBranches } from "../../../src/adapters/publish/branches.ts";
import { openPublishRecord } from "../../../src/adapters/publish/publish-record.ts";
import { createPullRequests } from "../../../src/adapters/publish/pull-requests.ts";
import { openPushStore, originOf } from "../../../src/adapters/publish/push-store.ts";
import { createCap } from "../../../src/app/publish/cap.ts";
import { publishBranch } from "../../../src/app/publish/publish-branch.ts";
import type { PublishPorts } from "../../../src/app/publish/publish-ports.ts";
import { parseAddress } from "../../../src/core/repos/parse-address.ts";
import type { CommitId } from "../../../src/model/ids.ts";
import type { Published, PublishTarget, PublishWish } from "../../../src/model/publish.ts";
import type { Result } from "../../../src/model/result.ts";
import { gitIn, tempFolder, valueOf, writeFiles } from "../../adapters/git/temp-repo.ts";
import { bareRepo, hastyClock } from "../../adapters/mirrors/mirror-rig.ts";
import { fakeGh, type FakeGh } from "../../support/fake-gh.ts";
import { gitHttpServer, type GitHttpServer } from "../../support/git-http-server.ts";

interface Rig {
  readonly root: string;
  readonly target: PublishTarget;
  readonly gh: FakeGh;
  readonly clock: ReturnType<typeof hastyClock>;
  readonly server: string;
  publish(
    more?: Partial<PublishWish>,
    how?: Partial<Parameters<typeof publishBranch>[2]>,
  ): Promise<Result<Published>>;
  /** With ports that stop where a test says. */
  ports(): Promise<PublishPorts>;
  /** Another change on the same base. */
  change(text: string): PublishTarget;
  branch(name?: string): string;
}

const wish: PublishWish = {
  branch: "chore/ünit",
  ifExists: "skip",
  pr: "draft",
  via: "gh",
  title: "A title --with=options",
  body: "The body\nin lines; $(id)",
  labels: ["automated"],
};

/** A checkout with a change that is not pushed, its server, and a fake gh. */
async function rig(http?: (root: string) => Promise<GitHttpServer>): Promise<Rig> {
  const root = tempFolder();
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const { path, work, commits } = bareRepo(root, "x y.git", { a: "1\n" });
  const server =
    http === undefined ? `file://${encodeURI(path)}` : `${(await http(root)).url}/x%20y.git`;
  gitIn(work, "remote", "add", "origin", server);
  const gh = fakeGh(root);
  vi.stubEnv("PATH", `${gh.bin}:${process.env["PATH"] ?? ""}`);
  onTestFinished(() => void vi.unstubAllEnvs());
  const clock = hastyClock();
  const retry = { clock, max: 2, backoffMs: 100, signal: new AbortController().signal };
  const store = valueOf(
    await openPushStore(join(root, "store"), { commonDir: join(work, ".git") }),
  );
  const base = commits[0] ?? ("" as CommitId);
  const change = (text: string): PublishTarget => {
    gitIn(work, "checkout", "--quiet", "--detach", base);
    writeFiles(work, { b: text });
    gitIn(work, "add", "--all");
    gitIn(work, "commit", "--quiet", "--message=change");
    const commit = gitIn(work, "rev-parse", "HEAD").trim() as CommitId;
    return {
      repo: "x",
      key: "x",
      address: addressOf(server),
      store,
      base,
      commit,
      baseBranch: "main",
    };
  };
  const target = change("ours\n");
  const ports = async (): Promise<PublishPorts> => {
    const pulls = createPullRequests(retry);
    const record = await openPublishRecord(join(root, "published.jsonl"));
    const made = { pulls, record, clock };
    return {
      ...made,
      branches: createBranches(retry),
      isFull: createCap(made),
      inTurn: pLimit(1),
    };
  };
  const options = { run: "r1", plan: "p", dryRun: false, signal: new AbortController().signal };
  return {
    root,
    target,
    gh,
    clock,
    server: path,
    ports,
    change,
    branch: (name = wish.branch) =>
      gitIn(path, "for-each-ref", "--format=%(objectname)", `refs/heads/${name}`).trim(),
    publish: async (more = {}, how = {}) =>
      publishBranch(await ports(), target, { ...options, wish: { ...wish, ...more }, ...how }),
  };
}

function addressOf(url: string): PublishTarget["address"] {
  const address = parseAddress(url, "/");
  if (!address.ok) throw new Error(address.error.message);
  return address.value;
}

const openings = (gh: FakeGh): number =>
  gh.calls().filter(({ argv }) => argv[2] === "create").length;

test("a branch is pushed and a draft opened; every value stays what it is; again does nothing", async () => {
  const at = await rig();
  const first = valueOf(await at.publish());
  expect(first).toMatchObject({
    kind: "published",
    commit: at.target.commit,
    pr: expect.stringMatching(/\/pull\/1$/),
  });
  expect(at.branch()).toBe(at.target.commit);
  const create = at.gh.calls().find(({ argv }) => argv[2] === "create");
  expect(create?.argv).toEqual(
    expect.arrayContaining([
      "--title=A title --with=options",
      "--draft",
      "--label=automated",
      "--base=main",
      `--head=${wish.branch}`,
    ]),
  );
  expect(create?.input).toBe(wish.body);
  expect(valueOf(await at.publish())).toEqual(first);
  expect(openings(at.gh)).toBe(1);
});

test("a dry run says what would be done, and nothing leaves the machine", async () => {
  const at = await rig();
  const would = valueOf(await at.publish({}, { dryRun: true }));
  expect(would.kind).toBe("would-publish");
  expect(would.reason).toMatch(
    /^x: push chore\/ünit \([0-9a-f]{12} on [0-9a-f]{12}\)\n(?:.*\n)* {2}a draft: A title --with=options\n/,
  );
  expect([at.branch(), at.gh.calls().length]).toEqual(["", 0]);
});

test("over http too, through servers that falter", async () => {
  let server: GitHttpServer | undefined;
  const at = await rig(async (root) => (server = await gitHttpServer(root)));
  server?.fail(503, "none", "none", "cut");
  expect(valueOf(await at.publish()).kind).toBe("published");
  expect(at.branch()).toBe(at.target.commit);
  await server?.[Symbol.asyncDispose]();
});

test.each(["before-push", "after-push", "pull-lost"] as const)(
  "cut off %s and done again, there is one branch and one pull request",
  async (when) => {
    const at = await rig();
    const ports = await at.ports();
    const dying: PublishPorts = {
      ...ports,
      branches: {
        ...ports.branches,
        push: async (...args) => {
          if (when === "before-push") throw new Error("killed");
          const pushed = await ports.branches.push(...args);
          if (when === "after-push") throw new Error("killed");
          return pushed;
        },
      },
    };
    if (when === "pull-lost") at.gh.failNext("lost");
    const options = {
      wish,
      run: "r1",
      plan: "p",
      dryRun: false,
      signal: new AbortController().signal,
    };
    const cut = await publishBranch(dying, at.target, options).catch(
      (error: Error) => error.message,
    );
    expect(cut).toEqual(when === "pull-lost" ? expect.objectContaining({ ok: false }) : "killed");
    const done = valueOf(await at.publish());
    expect(done.pr).toMatch(/\/pull\/1$/);
    expect(at.branch()).toBe(at.target.commit);
    expect(at.gh.opened()).toHaveLength(1);
  },
);

test("if-exists: skip and fail leave a branch of that name alone", async () => {
  const at = await rig();
  gitIn(at.server, "branch", wish.branch, at.target.base);
  expect(valueOf(await at.publish())).toMatchObject({
    kind: "skipped",
    reason: "the branch chore/ünit exists already",
  });
  expect((await at.publish({ ifExists: "fail" })).ok).toBe(false);
  expect([at.branch(), at.gh.calls().length]).toEqual([at.target.base, 0]);
});

test("if-exists: replace takes the place of what Skein pushed, never of anybody's commit", async () => {
  const at = await rig();
  valueOf(await at.publish({ pr: "none" }));
  const next = at.change("other\n");
  const options = {
    wish: { ...wish, ifExists: "replace", pr: "none" },
    run: "r2",
    plan: "p",
    dryRun: false,
    signal: new AbortController().signal,
  } as const;
  valueOf(await publishBranch(await at.ports(), next, options));
  expect(at.branch()).toBe(next.commit);
  gitIn(at.server, "update-ref", `refs/heads/${wish.branch}`, at.target.base);
  const refused = await publishBranch(await at.ports(), at.target, options);
  expect(refused.ok ? "" : refused.error.message).toContain("which Skein did not push");
  expect(at.branch()).toBe(at.target.base);
});

test("somebody who pushes between the look and the push is not overwritten", async () => {
  const at = await rig();
  valueOf(await at.publish({ pr: "none" }));
  const next = at.change("other\n");
  const theirs = at.change("theirs\n").commit;
  const ports = await at.ports();
  const racing: PublishPorts = {
    ...ports,
    branches: {
      ...ports.branches,
      push: (...args) => {
        gitIn(at.server, "fetch", "--quiet", join(at.root, "store"), theirs);
        gitIn(at.server, "update-ref", `refs/heads/${wish.branch}`, theirs);
        return ports.branches.push(...args);
      },
    },
  };
  const options = {
    wish: { ...wish, ifExists: "replace", pr: "none" },
    run: "r2",
    plan: "p",
    dryRun: false,
    signal: new AbortController().signal,
  } as const;
  const lost = await publishBranch(racing, next, options);
  expect(lost.ok ? "" : lost.error.message).toContain("somebody pushed to chore/ünit meanwhile");
  expect(at.branch()).toBe(theirs);
});

test("if-exists: append puts the change on top of what is there; when it is in there already, nothing", async () => {
  const at = await rig();
  const theirs = at.change("ours\n");
  writeFiles(join(at.root, "c"), { readme: "" });
  gitIn(at.server, "fetch", "--quiet", join(at.root, "store"), theirs.commit);
  gitIn(at.server, "branch", wish.branch, at.target.base);
  const appended = valueOf(await at.publish({ ifExists: "append", pr: "none" }));
  expect(gitIn(at.server, "rev-parse", `${appended.commit}^`).trim()).toBe(at.target.base);
  expect(gitIn(at.server, "show", `${wish.branch}:b`)).toBe("ours\n");
  const again = valueOf(await at.publish({ ifExists: "append", pr: "none" }));
  expect(again.commit).toBe(appended.commit);
});

test("the rate holds over restarts: waits are as long as they must be", async () => {
  const at = await rig();
  const rate = { count: 2, perMs: 1_000_000 };
  for (const branch of ["a", "b", "c"]) valueOf(await at.publish({ branch, rate }));
  expect(openings(at.gh)).toBe(3);
  expect(at.clock.slept).toHaveLength(1);
});

test("above the cap of open ones the branch waits, until one of them is closed", async () => {
  const at = await rig();
  expect(valueOf(await at.publish({ branch: "a", maxOpen: 1 })).pr).toBeDefined();
  const waiting = valueOf(await at.publish({ branch: "b", maxOpen: 1 }));
  expect(waiting).toMatchObject({
    kind: "published",
    reason: "1 pull requests are open: no more for now",
  });
  at.gh.close(1);
  expect(valueOf(await at.publish({ branch: "b", maxOpen: 1 })).pr).toMatch(/\/2$/);
  expect(openings(at.gh)).toBe(2);
});

test("a server that limits how fast pull requests come is told, and the branch stays", async () => {
  const at = await rig();
  at.gh.failNext("limited");
  const limited = await at.publish();
  expect(limited.ok ? "" : limited.error.message).toContain("secondary rate limit");
  expect(valueOf(await at.publish()).pr).toMatch(/\/1$/);
});

test("merge requests go through glab", async () => {
  const at = await rig();
  expect(valueOf(await at.publish({ via: "glab" })).pr).toMatch(/merge_requests\/1$/);
  const create = at.gh.calls().find(({ argv }) => argv[2] === "create");
  expect(create?.argv).toEqual(
    expect.arrayContaining([
      "glab",
      "mr",
      "--target-branch=main",
      `--description=${wish.body}`,
      "--yes",
    ]),
  );
});

test("commits are signed where the person's git signs, once, and by the person's program alone", async () => {
  const at = await rig();
  const signer = join(at.root, "signer");
  writeFileSync(
    signer,
    `#!/bin/sh\ncat > /dev/null\nprintf '\\n[GNUPG:] SIG_CREATED ' >&2\nprintf -- '-----BEGIN PGP SIGNATURE-----\\n\\nx\\n-----END PGP SIGNATURE-----\\n'\n`,
  );
  chmodSync(signer, 0o755);
  const home = join(at.root, "home");
  writeFiles(home, {
    ".gitconfig": `[commit]\n\tgpgsign = true\n[gpg]\n\tprogram = ${signer}\n[user]\n\tsigningkey = K\n`,
  });
  vi.stubEnv("HOME", home);
  const signed = valueOf(await at.publish());
  expect(signed.commit).not.toBe(at.target.commit);
  const text = gitIn(at.server, "cat-file", "commit", at.branch());
  expect(text).toContain("gpgsig -----BEGIN PGP SIGNATURE-----");
  expect(text).toContain("author Ada <ada@example.org>");
  expect(valueOf(await at.publish()).commit).toBe(signed.commit);
});

test("nothing that a checkout's own settings or hooks name is run by a push", async () => {
  const at = await rig();
  const ran = join(at.root, "ran");
  const work = gitIn(at.target.store, "rev-parse", "--git-dir").trim();
  expect(work).toBe(".git");
  const alternates = execFileSync("cat", [join(at.target.store, ".git/objects/info/alternates")], {
    encoding: "utf8",
  }).trim();
  const checkout = join(alternates, "../..");
  for (const [key, value] of [
    ["core.sshCommand", `touch ${ran}`],
    ["credential.helper", `!touch ${ran}`],
    ["core.hooksPath", join(at.root, "hooks")],
    ["url.ext::touch.insteadOf", "file://"],
    ["remote.origin.receivepack", `touch ${ran}`],
  ] as const)
    gitIn(checkout, "config", key, value);
  writeFiles(at.root, { "hooks/pre-push": `#!/bin/sh\ntouch ${ran}\n` });
  chmodSync(join(at.root, "hooks/pre-push"), 0o755);
  valueOf(await at.publish());
  expect(() => execFileSync("ls", [ran], { stdio: "pipe" })).toThrow("No such file");
  gitIn(checkout, "config", "remote.origin.url", "ext::sh -c touch% x");
  const origin = await originOf(checkout);
  expect(origin.ok ? "" : origin.error.message).toContain("transport");
});

test("a folder of this machine is not pushed to when that would run a hook or a program that it names", async () => {
  const at = await rig();
  const ran = join(at.root, "ran");
  const hook = join(at.server, "hooks/post-receive");
  writeFiles(at.server, { "hooks/post-receive": `#!/bin/sh\ntouch "${ran}"\n` });
  chmodSync(hook, 0o755);
  const refused = async (): Promise<string> => {
    const told = await at.publish({ pr: "none" });
    return told.ok ? "pushed" : told.error.message;
  };
  expect(await refused()).toContain("it would run its hook post-receive");
  rmSync(hook);
  gitIn(at.server, "config", "core.alternateRefsCommand", `touch ${ran}`);
  expect(await refused()).toContain("core.alternaterefscommand");
  gitIn(at.server, "config", "--unset", "core.alternateRefsCommand");
  gitIn(at.server, "config", "include.path", "elsewhere");
  expect(await refused()).toContain("include.path");
  gitIn(at.server, "config", "--unset", "include.path");
  expect(existsSync(ran)).toBe(false);
  expect(at.branch()).toBe("");
  expect(await refused()).toBe("pushed");
});
