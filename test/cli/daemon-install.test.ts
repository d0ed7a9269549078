import { expect, test } from "vitest";

import { runCli } from "../../src/cli/run-cli.ts";
import { systemdUnit } from "../../src/core/daemon/systemd-unit.ts";
import { fakeIo } from "../support/fake-io.ts";
import { tempRepo } from "../support/temp-repo.ts";

test("a unit runs one command in one repository, whatever their paths hold", () => {
  const unit = systemdUnit({
    command: ["/opt/my node/bin/node", "--jitless", "/opt/skein.js", "daemon", "run"],
    repo: '/home/ann/100% "done"$HOME\nExecStartPre=/bin/evil',
  });
  expect(unit.split("\n").filter((line) => line.startsWith("Exec"))).toEqual([
    String.raw`ExecStart="/opt/my node/bin/node" --jitless /opt/skein.js daemon run --repo "/home/ann/100%% \"done\"$$HOME ExecStartPre=/bin/evil"`,
  ]);
});

test("daemon install prints the unit and installs nothing; without --print it says how", async () => {
  const repo = tempRepo({ "a.txt": "a\n" });
  const io = fakeIo();
  const install = ["node", "skein", "daemon", "install", "--repo", repo];
  expect(await runCli([...install, "--print"], io)).toBe(0);
  expect(io.out()).toMatch(/^\[Unit\]\n/);
  expect(io.out()).toMatch(/^ExecStart=\S+ "--max-semi-space-size=1" .* daemon run --repo /m);
  expect(io.out()).toContain(`WorkingDirectory=${repo}`);
  expect(await runCli(install, fakeIo())).toBe(2);
});
