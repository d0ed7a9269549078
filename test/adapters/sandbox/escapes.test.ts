import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { shellRig, type ShellRig } from "./shell-rig.ts";

/** Prints this when the attempt worked. */
const out = "ESCAPED";
const secret = "the-secret-of-the-home-directory";
const key = "sk-ant-in-the-environment";
let rig: ShellRig;
let socket: string;
const listening = createServer((connection) => connection.end(out));
const server = createServer((connection) => connection.end(out));

beforeAll(async () => {
  rig = await shellRig({
    parentEnv: { ANTHROPIC_API_KEY: key, SSH_AUTH_SOCK: "/tmp/agent.sock" },
  });
  mkdirSync(join(rig.home, ".ssh"));
  writeFileSync(join(rig.home, ".ssh/id_rsa"), secret);
  writeFileSync(join(rig.home, ".bashrc"), "# mine\n");
  socket = join(rig.repo.parent, "control.sock");
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  await new Promise<void>((resolve) => listening.listen(0, "127.0.0.1", resolve));
});
afterAll(async () => {
  server.close();
  listening.close();
  await rig[Symbol.asyncDispose]();
});

/** Each script prints ESCAPED when it gets what it wants. `%HOME%`, `%CHECKOUT%`, `%PARENT%`, `%SOCKET%` are real paths. */
const attempts: Readonly<Record<string, string>> = {
  "write to the home directory": "echo x >> %HOME%/.bashrc && echo ESCAPED",
  "read a key of the home directory": "grep -q secret %HOME%/.ssh/id_rsa && echo ESCAPED",
  "reach the home by /proc/1/root": "grep -q secret /proc/1/root%HOME%/.ssh/id_rsa && echo ESCAPED",
  "reach the home by a link in the project":
    "ln -sfn %HOME% link; grep -q secret link/.ssh/id_rsa && echo ESCAPED",
  "hard link a file from outside": "ln %HOME%/.ssh/id_rsa stolen && echo ESCAPED",
  "write to the checkout": "echo x > %CHECKOUT%/a.txt && echo ESCAPED",
  "read the checkout": "cat %CHECKOUT%/a.txt && echo ESCAPED",
  "write beside the worktree": "echo x > ../stray && echo ESCAPED",
  "see other worktrees": "test $(ls .. | wc -l) -gt 1 && echo ESCAPED",
  "write to /etc": "touch /etc/escaped && echo ESCAPED",
  "read the passwords of the machine":
    "cat /etc/shadow /etc/gshadow /etc/sudoers | grep -q . && echo ESCAPED",
  "write to /usr": "touch /usr/bin/escaped && echo ESCAPED",
  "write to /var/tmp": "touch /var/tmp/escaped && echo ESCAPED",
  "write to /root": "touch /root/escaped && echo ESCAPED",
  "change the root file system's mount": "mount -o remount,rw / && echo ESCAPED",
  "mount something new": "mount -t tmpfs none /mnt && echo ESCAPED",
  "bind a hidden folder back": "mount --bind / /mnt && echo ESCAPED",
  "unmount what hides the home": "umount %HOME% && ls %HOME%/.ssh && echo ESCAPED",
  "a new user namespace": "unshare -Ur true && echo ESCAPED",
  "a new mount namespace": "unshare -m true && echo ESCAPED",
  "enter a namespace of the machine": "nsenter -t 1 -m ls %HOME%/.ssh && echo ESCAPED",
  "chroot away": "chroot / true && echo ESCAPED",
  pivot_root: "pivot_root . . && echo ESCAPED",
  "make a device": "mknod disk b 8 0 && echo ESCAPED",
  "read memory": "head -c1 /dev/mem && echo ESCAPED",
  "read a disk": "for d in /dev/sd* /dev/vd* /dev/nvme*; do head -c1 $d && echo ESCAPED; done",
  "put a file into /dev": "touch /dev/escaped && echo ESCAPED",
  "write a kernel setting": "echo 1 > /proc/sys/kernel/panic && echo ESCAPED",
  "write to sysfs": "echo 1 > /sys/kernel/mm/transparent_hugepage/enabled && echo ESCAPED",
  "the magic key": "echo h > /proc/sysrq-trigger && echo ESCAPED",
  "leave the control group": "mkdir /sys/fs/cgroup/escaped && echo ESCAPED",
  "become root by a setuid program":
    "cp /bin/bash b && chmod 4755 b && ./b -p -c 'touch /etc/escaped' && echo ESCAPED",
  "use sudo or su": "{ sudo -n true || su -c true </dev/null; } && echo ESCAPED",
  "set a capability": "capsh --has-p=cap_sys_admin && echo ESCAPED",
  "change the owner of a file": "chown 1:1 a.txt && echo ESCAPED",
  "set the clock": "date -s 2001-01-01 && echo ESCAPED",
  "change the machine's name":
    "hostname escaped && test $(cat /proc/sys/kernel/hostname) = escaped && test -w /etc/hostname && echo ESCAPED",
  "kill a process of the machine": "kill -0 %PID% && echo ESCAPED",
  "see a process of the machine": "test -d /proc/%PID% && echo ESCAPED",
  "read the environment of another process":
    "tr '\\0' '\\n' < /proc/%PID%/environ | grep . && echo ESCAPED",
  "read the key from its own environment": "env | grep -q sk-ant && echo ESCAPED",
  "read the key from the first process":
    "tr '\\0' '\\n' < /proc/1/environ | grep -q sk-ant && echo ESCAPED",
  "find the ssh agent": 'test -n "$SSH_AUTH_SOCK" && echo ESCAPED',
  "reach the network": "exec 3<>/dev/tcp/1.1.1.1/80 && echo ESCAPED",
  "reach a server of the machine": "exec 3<>/dev/tcp/127.0.0.1/%PORT% && echo ESCAPED",
  "resolve a name": "getent hosts example.org && echo ESCAPED",
  "a raw socket":
    "node -e 'process.exit(0)' && ping -c1 -W1 127.0.0.1 && ping -c1 -W1 1.1.1.1 && echo ESCAPED",
  "a unix socket of the machine": `node -e 'require("net").connect("%SOCKET%").on("data", (d) => console.log(String(d))).on("error", () => process.exit(1))'`,
  "the docker socket": "test -S /var/run/docker.sock -o -S /run/docker.sock && echo ESCAPED",
  "D-Bus": "ls /run/dbus/system_bus_socket /run/user/*/bus && echo ESCAPED",
  "plant a git hook": "echo x > $(git rev-parse --git-path hooks)/pre-commit && echo ESCAPED",
  "change git's configuration": "git config core.fsmonitor ./x && echo ESCAPED",
  "point the worktree at another repository": "echo gitdir: /tmp > .git && echo ESCAPED",
  "move .git away": "mv .git git-away && echo ESCAPED",
  "move a ref of the repository":
    "git update-ref refs/heads/main HEAD~0 && git branch escaped && echo ESCAPED",
  "see other agents' refs": "git for-each-ref refs/skein | grep . && echo ESCAPED",
  "type into the terminal":
    "perl -e 'ioctl(STDIN, 0x5412, chr(10)) or exit 1' < /dev/tty && echo ESCAPED",
  "trace another process": "timeout 1 strace -p %PID% && echo ESCAPED",
  "load a kernel module": "insmod a.txt || modprobe loop && echo ESCAPED",
  "a program in a PATH folder":
    'for d in ${PATH//:/ }; do touch "$d/escaped" 2>/dev/null && echo ESCAPED; done',
  "fill /dev/shm past its limit": "head -c 2G /dev/zero > /dev/shm/x && echo ESCAPED",
  "core dumps elsewhere":
    "test -w /proc/sys/kernel/core_pattern && echo x > /proc/sys/kernel/core_pattern && echo ESCAPED",
};

describe("in bubblewrap, whoever tries to", () => {
  test.each(Object.entries(attempts))("%s fails", async (_name, script) => {
    const { port } = listening.address() as AddressInfo;
    const filled = script
      .replaceAll("%HOME%", rig.home)
      .replaceAll("%CHECKOUT%", rig.workspace.repo)
      .replaceAll("%SOCKET%", socket)
      .replaceAll("%PID%", String(process.pid))
      .replaceAll("%PORT%", String(port));
    const outcome = await rig.run(`{ ${filled}\n} 2>/dev/null; true`);
    expect(outcome).toMatchObject({ kind: "exited" });
    expect(outcome.kind === "exited" ? outcome.output : "").not.toContain(out);
  });

  test("leaves everything outside as it was", () => {
    expect(readFileSync(join(rig.home, ".bashrc"), "utf8")).toBe("# mine\n");
    expect(readFileSync(join(rig.workspace.repo, "a.txt"), "utf8")).toBe("a\n");
    for (const path of ["/etc/escaped", "/usr/bin/escaped", "/var/tmp/escaped", "/root/escaped"]) {
      expect(existsSync(path)).toBe(false);
    }
    expect(statSync(join(rig.worktree.path, ".git")).isFile()).toBe(true);
  });

  test("is tried in at least 45 ways", () => {
    expect(Object.keys(attempts).length).toBeGreaterThanOrEqual(45);
  });
});

test("a command that may only look changes nothing of the worktree, and writes to its output folder alone", async () => {
  const only = { projectWritable: false };
  expect(await rig.output("cat a.txt; git status --short | head -1", only)).toContain("a");
  for (const script of [
    "echo x > a.txt",
    "touch new",
    "rm a.txt",
    "mkdir d",
    "ln -s a b",
    "chmod +x a.txt",
  ]) {
    expect(await rig.output(`{ ${script}; } 2>/dev/null`, only), script).toMatch(/^\[\d+\]/);
  }
  expect(await rig.output('echo x > "$SKEIN_OUT/x" && echo written', only)).toBe("written");
});
