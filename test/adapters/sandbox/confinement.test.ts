import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";

import { afterAll, beforeAll, expect, test } from "vitest";

import { toolFolders } from "../../../src/adapters/sandbox/tool-folders.ts";
import { valueOf, writeFiles } from "../git/temp-repo.ts";
import { shellRig, type ShellRig } from "./shell-rig.ts";

let rig: ShellRig;
beforeAll(async () => {
  rig = await shellRig({
    parentEnv: { ANTHROPIC_API_KEY: "sk-secret", SSH_AUTH_SOCK: "/tmp/agent", LANG: "C.UTF-8" },
  });
  writeFiles(rig.home, { ".ssh/id": "secret-key" });
});
afterAll(() => rig[Symbol.asyncDispose]());

test("a command writes in its worktree and in its output folder, and what it writes stays", async () => {
  expect(await rig.output('echo w > made; echo o > "$SKEIN_OUT/result"; pwd')).toBe(
    rig.worktree.path,
  );
  expect(readFileSync(join(rig.worktree.path, "made"), "utf8")).toBe("w\n");
  expect(readFileSync(join(rig.outDir, "result"), "utf8")).toBe("o\n");
});

test("nothing else can be written, but /tmp and a home that are gone with the command", async () => {
  const places = ["/etc", "/usr", "/", "/var/tmp", "/home", "/root", "/run", "/dev", ".."];
  for (const place of [...places, rig.home, rig.repo.path, `${rig.repo.path}/.git`]) {
    expect(await rig.output(`echo x 2>/dev/null > '${place}/skein-made' && echo written`)).toMatch(
      /^\[1\]/,
    );
  }
  expect(await rig.output("echo x > /tmp/x && echo x > ~/x && echo $HOME")).toBe("/tmp/home");
  expect(await rig.output("ls -A /tmp ~")).not.toContain("x");
});

test("the home directory, the user's checkout and other agents' worktrees are not there", async () => {
  const other = valueOf(await rig.workspace.open(rig.base, { name: "other", deps: "none" }));
  await using _ = other;
  for (const path of [`${rig.home}/.ssh/id`, `${rig.repo.path}/a.txt`, `${other.path}/a.txt`]) {
    expect(readFileSync(path, "utf8")).not.toBe("");
    expect(await rig.output(`cat '${path}'`)).toContain("No such file");
  }
});

test("git reads the worktree's history, and neither .git nor the index can be written", async () => {
  writeFileSync(join(rig.worktree.path, "a.txt"), "changed\n");
  expect(await rig.output("git diff --stat && git log --format=%s")).toContain("change");
  const attempts = [
    "echo x > .git",
    "rm .git",
    "mv .git g",
    "git commit -qam x",
    "git update-ref refs/heads/x HEAD",
  ];
  for (const attempt of attempts) expect(await rig.output(attempt)).toMatch(/^\[\d+\]/);
  expect(await rig.output("cat .git")).toMatch(/^gitdir: /);
});

test("no configuration of git's is there to read: not a worktree's, not a submodule's, no file of credentials", async () => {
  const common = rig.workspace.commonDir;
  rig.repo.git("config", "extensions.worktreeConfig", "true");
  rig.repo.git("config", "--worktree", "http.extraHeader", "Authorization: token-3");
  writeFiles(common, {
    "modules/lib/config": '[remote "origin"]\n\turl = https://user:token-4@example.org/lib.git\n',
    credentials: "https://user:token-5@example.org\n",
    "logs/refs/heads/main": "pull https://user:token-6@example.org/r main: Fast-forward\n",
  });
  const seen = await rig.output(`find ${common} -type f -exec cat {} + ; git log --oneline`);
  expect(seen).not.toMatch(/token-\d/);
  expect(seen).toMatch(/[0-9a-f]{7} change/);
});

test("git shows neither other agents' commits nor a token in a remote's address", async () => {
  rig.repo.git("remote", "add", "origin", "https://user:token-1@example.org/x.git");
  rig.repo.git("config", "http.extraHeader", "Authorization: token-2");
  valueOf(await rig.workspace.setRef("refs/skein/r1/other/1", rig.base));
  await using other = valueOf(await rig.workspace.open(rig.base, { name: "other", deps: "none" }));
  const common = "$(git rev-parse --git-common-dir)";
  const seen = await rig.output(
    `git config --list; git for-each-ref; cat ${common}/config; ls ${common}/worktrees; git status`,
  );
  expect(seen).toContain("refs/heads/main");
  expect(seen).not.toMatch(/token-\d|refs\/skein|other/);
  expect(other.path).toContain("other");
});

/** A script that says whether it reached what `net.connect` was given. */
function connect(to: string): string {
  return `node -e 'require("net").connect(${to}).on("connect", () => { console.log("reached"); process.exit() }).on("error", (e) => console.log(e.code))'`;
}

test("no network, no unix socket of the machine, not even an abstract one", async () => {
  const name = `\0skein-test-${process.pid}`;
  const servers = [createServer().listen(0, "127.0.0.1"), createServer().listen(name)];
  await Promise.all(
    servers.map((server) => new Promise((resolve) => server.once("listening", resolve))),
  );
  const address = servers[0]?.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  expect(await rig.output(connect(`${port}, "127.0.0.1"`))).toBe("ECONNREFUSED");
  expect(await rig.output(connect(JSON.stringify(name)))).toBe("ECONNREFUSED");
  expect(await rig.output("ls /sys/class/net /run 2>/dev/null | grep -v lo | grep -c sock")).toBe(
    "[1] 0",
  );
  for (const server of servers) server.close();
});

test("a command with network is in the machine's network", async () => {
  const namespace = "readlink /proc/self/ns/net";
  const outside = await rig.output(namespace, { network: true });
  expect(outside).toMatch(/^net:/);
  expect(await rig.output(namespace)).not.toBe(outside);
});

test("other processes of the machine are not seen and cannot be signalled", async () => {
  const seen = await rig.output("ls /proc | grep -E '^[0-9]+$' | wc -l");
  expect(Number(seen)).toBeLessThan(10);
  expect(await rig.output(`kill -0 ${process.pid} 2>&1`)).toMatch(/^\[1\]/);
});

test("no capability is left, and no new namespace gives one back", async () => {
  expect(await rig.output("grep CapEff /proc/self/status")).toBe("CapEff:\t0000000000000000");
  expect(await rig.output("unshare -Ur true")).toMatch(/^\[1\]/);
  expect(await rig.output("mount -o remount,rw /")).toMatch(/^\[\d+\]/);
  expect(await rig.output(`umount '${rig.home}'`)).toMatch(/^\[\d+\]/);
});

test("the environment holds what is allowed, what the plan gives, and no key", async () => {
  const env = await rig.output("env | grep -vE '^(PATH|PWD|_|SHLVL|OLDPWD|RUSTUP_HOME)=' | sort", {
    env: { SKEIN_FILE: "a b.ts", GREETING: "line one\nline two" },
  });
  expect(env.replaceAll(rig.repo.parent, "PARENT")).toBe(
    [
      "CI=1",
      "GREETING=line one",
      "HOME=/tmp/home",
      "LANG=C.UTF-8",
      "SKEIN=1",
      "SKEIN_FILE=a b.ts",
      "SKEIN_OUT=PARENT/out",
      "TERM=dumb",
      "TMPDIR=/tmp",
      "line two",
    ].join("\n"),
  );
  expect(await rig.output("cat /proc/1/environ | tr '\\0' '\\n'")).not.toContain("sk-secret");
});

test("a plan's LD_PRELOAD reaches the command, not the sandbox around it", async () => {
  const library = join(rig.worktree.path, "evil.so");
  const seen = await rig.output("echo $LD_PRELOAD; cat /proc/1/environ", {
    env: { LD_PRELOAD: library },
  });
  expect(seen.match(/evil\.so/g)?.length).toBeGreaterThan(0);
  expect(
    await rig.output("tr '\\0' '\\n' < /proc/1/environ | grep -c LD_PRELOAD", {
      env: { LD_PRELOAD: "" },
    }),
  ).toMatch(/0$/);
});

test("file names are arguments, never shell text", async () => {
  const args = ["a b", "$(touch pwned)", "; touch pwned", "-rf", "'", '"', "new\nline", "*", "ünï"];
  expect(await rig.output("printf '%s|' \"$@\"; ls pwned 2>/dev/null; true", { args })).toBe(
    `${args.join("|")}|`,
  );
});

test("of an installation below the hidden home, the parts that programs need are shown", async () => {
  writeFiles(rig.home, {
    "tools/bin/hello": "#!/bin/sh\n. $(dirname $0)/../lib/words\n",
    "tools/lib/words": "echo hello from home\n",
    "tools/credentials": "secret",
  });
  const shown = toolFolders(`${rig.home}/tools/bin:${rig.home}/bin:/usr/bin`, [rig.home]);
  expect(shown.map(({ path }) => path.replace(rig.home, "HOME"))).toEqual([
    "HOME/tools/bin",
    "HOME/tools/lib",
  ]);
});
