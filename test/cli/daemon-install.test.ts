import { expect, test } from "vitest";

import { runCli } from "../../src/cli/run-cli.ts";
import { systemdUnit, unitName } from "../../src/core/daemon/systemd-unit.ts";
import { fakeIo } from "../support/fake-io.ts";
import { tempRepo } from "../support/temp-repo.ts";

test("a unit runs one command in one repository, whatever their paths hold", () => {
  const unit = systemdUnit({
    command: ["/opt/my node/bin/node", "--jitless", "/opt/skein.js", "daemon", "run"],
    repo: '/home/ann/100% "done"$HOME\nExecStartPre=/bin/evil',
    env: {},
    secretsIn: "/home/ann/.config/skein/daemon.env",
  });
  expect(unit.split("\n").filter((line) => line.startsWith("Exec"))).toEqual([
    String.raw`ExecStart="/opt/my node/bin/node" --jitless /opt/skein.js daemon run --repo "/home/ann/100%% \"done\"$$HOME ExecStartPre=/bin/evil"`,
  ]);
});

function unitOf(repo: string): readonly string[] {
  return systemdUnit({ command: ["/opt/n$x%/node"], repo, env: {}, secretsIn: "/e" }).split("\n");
}

test("a program's path is taken as it is, and a folder may end as a line that goes on does, or in a space", () => {
  expect(unitOf("/home/ann/end\\")).toEqual(
    expect.arrayContaining([
      String.raw`ExecStart="/opt/n$x%%/node" --repo "/home/ann/end\\"`,
      "WorkingDirectory=/home/ann/end\\/",
    ]),
  );
  expect(unitOf("/home/ann/end ")).toContain("WorkingDirectory=/home/ann/end /");
});

test("a unit knows where the person's settings are, and no secret", () => {
  const unit = systemdUnit({
    command: ["/opt/node", "daemon", "run"],
    repo: "/home/ann/shop",
    env: {
      PATH: "/usr/bin:/opt/my tools",
      XDG_CONFIG_HOME: '/home/ann/my "own"\nExecStartPre=/bin/evil',
      XDG_CACHE_HOME: "",
      ANTHROPIC_API_KEY: "sk-secret",
    },
    secretsIn: "/home/ann/100%/skein/daemon.env",
  });
  expect(unit.split("\n").filter((line) => line.startsWith("Environment"))).toEqual([
    'Environment="PATH=/usr/bin:/opt/my tools"',
    String.raw`Environment="XDG_CONFIG_HOME=/home/ann/my \"own\" ExecStartPre=/bin/evil"`,
    "EnvironmentFile=-/home/ann/100%%/skein/daemon.env",
  ]);
  expect(unit).not.toContain("sk-secret");
});

test("each repository has a unit of its own name", () => {
  const [one, other] = [unitName("/home/ann/shop"), unitName("/home/ann/old/shop")];
  expect(one).toMatch(/^skein-shop-[0-9a-f]{6}$/);
  expect(other).not.toBe(one);
  expect(unitName("/home/ann/my shop")).toMatch(/^skein-my-shop-/);
});

test("daemon install prints the unit and installs nothing; without --print it says how", async () => {
  const repo = tempRepo({ "a.txt": "a\n" });
  const io = fakeIo();
  const install = ["node", "skein", "daemon", "install", "--repo", repo];
  expect(await runCli([...install, "--print"], io)).toBe(0);
  expect(io.out()).toMatch(/^\[Unit\]\n/);
  expect(io.out()).toMatch(/^ExecStart=\S+ "--max-semi-space-size=1" .* daemon run --repo /m);
  expect(io.out()).toContain(`WorkingDirectory=${repo}`);
  const how = fakeIo();
  expect(await runCli(install, how)).toBe(2);
  const unit = unitName(repo);
  expect(how.err()).toContain(
    `mkdir -p ~/.config/systemd/user && skein daemon install --print --repo ${repo} > ~/.config/systemd/user/${unit}.service && systemctl --user enable --now ${unit}\n`,
  );
});
