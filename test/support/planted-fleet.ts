import { chmodSync, cpSync, mkdirSync, renameSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { gitIn, writeFiles } from "../adapters/git/temp-repo.ts";
import { bareRepo } from "../adapters/mirrors/mirror-rig.ts";

/** Something that is the matter with a repository, and what a run has to say of it. */
export interface Trouble {
  readonly kind: string;
  readonly outcome: string;
  /** How the reason begins; undefined: there is none. */
  readonly reason?: string;
  /** A folder named `name` below `root`; given is where it is to be listed as. */
  readonly make: (root: string, name: string) => string;
}

const test = "expect(sum(1, 2)).toEqual(3);\n";
const good = { "sum.test.js": test, "check.sh": "grep -q 'expect' ./*.test.js\n" };
const url = (path: string): string => `file://${encodeURI(path)}`;

/** A bare repository on a server. */
function served(
  more: Readonly<Record<string, string>> = {},
  change: (path: string, work: string) => void = () => undefined,
): Trouble["make"] {
  return (root, name) => {
    const { path, work } = bareRepo(root, `${name}.git`, { ...good, ...more });
    change(path, work);
    return url(path);
  };
}

/** A checkout of this machine, whose origin is a bare repository beside it. */
function checkout(change: (top: string, origin: string) => void): Trouble["make"] {
  return (root, name) => {
    const { path } = bareRepo(root, `${name}.origin.git`, good);
    const top = join(root, name);
    gitIn(root, "clone", "--quiet", path, top);
    change(top, path);
    return top;
  };
}

/** Once more to the server what the working copy now has. */
function push(work: string, path: string, branch = "main"): void {
  gitIn(work, "add", "--all");
  gitIn(work, "commit", "--quiet", "--message=trouble");
  gitIn(work, "push", "--quiet", path, `HEAD:refs/heads/${branch}`);
}

const hangs = '#!/bin/sh\ntouch "$0.ran"\nsleep 100000\n';
const hooks = ["post-checkout", "pre-commit", "post-commit", "pre-push", "reference-transaction"];

export const troubles: readonly Trouble[] = [
  { kind: "works", outcome: "done", make: served() },
  {
    kind: "no-install",
    outcome: "setup-failed",
    reason: "workspace.setup `npm ci",
    make: served({ "package-lock.json": "{" }),
  },
  {
    kind: "red-before",
    outcome: "baseline-red",
    reason: "red on the untouched base: ",
    make: served({ "check.sh": "false\n" }),
  },
  {
    kind: "no-op",
    outcome: "noop",
    reason: "nothing had to change",
    make: served({ "sum.test.js": test.replace("toEqual", "toBe") }),
  },
  {
    kind: "breaks",
    outcome: "failed",
    reason: "verify: `bash -c",
    make: served({ "check.sh": "grep -q 'toEqua[l]' ./*.test.js\n" }),
  },
  {
    kind: "hanging-hooks",
    outcome: "done",
    make: checkout((top) => {
      for (const hook of hooks) {
        writeFileSync(join(top, ".git/hooks", hook), hangs);
        chmodSync(join(top, ".git/hooks", hook), 0o755);
      }
    }),
  },
  {
    kind: "submodule",
    outcome: "done",
    make: served({}, (path, work) => {
      writeFiles(work, {
        ".gitmodules": '[submodule "x"]\n\tpath = x\n\turl = file:///nowhere/x\n',
      });
      gitIn(work, "update-index", "--add", "--cacheinfo", `160000,${"1".repeat(40)},x`);
      gitIn(work, "add", ".gitmodules");
      gitIn(work, "commit", "--quiet", "--message=submodule");
      gitIn(work, "push", "--quiet", path, "main");
    }),
  },
  {
    kind: "lfs",
    outcome: "done",
    make: served({
      ".gitattributes": "*.bin filter=lfs diff=lfs merge=lfs -text\n",
      "big.bin": `version https://git-lfs.github.com/spec/v1\noid sha256:${"a".repeat(64)}\nsize 99\n`,
    }),
  },
  {
    kind: "empty",
    outcome: "skipped",
    reason: "it has no commit on its default branch",
    make: (root, name) => url(bareRepo(root, `${name}.git`).path),
  },
  {
    kind: "unborn",
    outcome: "skipped",
    reason: "it has no commit on its",
    make: checkout((top) => gitIn(top, "symbolic-ref", "HEAD", "refs/heads/not-yet")),
  },
  {
    kind: "detached",
    outcome: "done",
    make: served({}, (path, work) => {
      gitIn(path, "update-ref", "--no-deref", "HEAD", gitIn(work, "rev-parse", "HEAD").trim());
    }),
  },
  {
    kind: "unusual-branch",
    outcome: "done",
    make: served({}, (path, work) => {
      gitIn(work, "push", "--quiet", path, "HEAD:refs/heads/tränk/v1.x");
      gitIn(path, "symbolic-ref", "HEAD", "refs/heads/tränk/v1.x");
      gitIn(path, "branch", "-D", "main");
    }),
  },
  {
    kind: "späces and ünicode",
    outcome: "done",
    make: served({ "a näme/日本 'x' $(y).test.js": test, "-n.test.js": test }),
  },
  {
    kind: "read-only",
    outcome: "done",
    make: checkout((top) => {
      chmodSync(join(top, "sum.test.js"), 0o444);
      chmodSync(top, 0o555);
    }),
  },
  {
    kind: "huge-file",
    outcome: "done",
    make: served({}, (path, work) => {
      writeFileSync(join(work, "huge.bin"), Buffer.alloc(24 * 1024 * 1024));
      push(work, path);
    }),
  },
  {
    kind: "symlink-loop",
    outcome: "done",
    make: served({}, (path, work) => {
      symlinkSync("b.test.js", join(work, "a.test.js"));
      symlinkSync("a.test.js", join(work, "b.test.js"));
      symlinkSync(".", join(work, "loop"));
      push(work, path);
    }),
  },
  {
    kind: "opted-out",
    outcome: "skipped",
    reason: "the repository opted out: frozen until May",
    make: served({ ".skein-skip": "frozen until May\n" }),
  },
  {
    kind: "gone",
    outcome: "failed",
    reason: "git ls-remote: ",
    make: (root, name) => url(join(root, `${name}.git`)),
  },
];

export interface Planted extends Trouble {
  /** As units are called by it. */
  readonly name: string;
  /** A path or an address, as a list has it. */
  readonly listed: string;
  /** Where its branches are pushed to. */
  readonly server: string;
}

/** So many repositories below a folder, every trouble in turn; each is made once, and copied. */
export function plantFleet(root: string, count: number): readonly Planted[] {
  const moulds = join(root, "moulds");
  mkdirSync(moulds, { recursive: true });
  const made = troubles.map((trouble, at) => {
    const mould = join(moulds, String(at));
    mkdirSync(mould);
    return { ...trouble, mould, listed: trouble.make(mould, "x") };
  });
  return Array.from({ length: count }, (_, at) => {
    const one = made[at % made.length];
    if (one === undefined) throw new Error("there are troubles");
    const place = join(root, `${at}`);
    cpSync(one.mould, place, { recursive: true, verbatimSymlinks: true, mode: 0 });
    return { ...one, ...renamed(place, { at, trouble: one }) };
  });
}

/** A copy under a name of its own, with an origin of its own. */
function renamed(
  place: string,
  { at, trouble }: { readonly at: number; readonly trouble: Trouble & { readonly listed: string } },
): Pick<Planted, "name" | "listed" | "server"> {
  const name = `${trouble.kind} ${at}`;
  const isCheckout = !trouble.listed.startsWith("file:");
  const server = join(place, isCheckout ? "x.origin.git" : `${name}.git`);
  if (isCheckout) {
    const top = join(place, name);
    renameSync(join(place, "x"), top);
    gitIn(top, "config", "remote.origin.url", server);
    return { name: slugOf(name), listed: top, server };
  }
  if (trouble.kind !== "gone") renameSync(join(place, "x.git"), server);
  return { name: slugOf(name), listed: url(server), server };
}

/** As names of repositories are written in a unit's. */
function slugOf(name: string): string {
  return name.replaceAll(" ", "-");
}
