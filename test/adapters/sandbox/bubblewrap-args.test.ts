import { expect, test } from "vitest";

import { bubblewrapArgs } from "../../../src/adapters/sandbox/bubblewrap-args.ts";

/** Folders that every Linux has stand for a home, a checkout, a worktree. */
function hiddenWith(paths: {
  home: string;
  checkout: string;
  gitDir: string;
  cwd: string;
}): readonly string[] {
  const { cwd, ...policy } = paths;
  const place = { cwd, outDir: "/out", network: false, projectWritable: true, gitConfigFd: 4 };
  const args = bubblewrapArgs(
    { ...policy, path: "/usr/bin" },
    { ...place, modules: { folders: [], caches: [] } },
    { noNestedNamespaces: true, sizes: true },
  );
  return args.filter((_, index) => args[index - 1] === "--tmpfs");
}

test("home, checkout, the checkout that shares its git data, and the worktree's neighbours are hidden", () => {
  const paths = {
    home: "/usr/lib",
    checkout: "/usr/share",
    gitDir: "/etc/.git",
    cwd: "/usr/bin/unit",
  };
  const hidden = hiddenWith(paths);
  expect(hidden).toEqual(expect.arrayContaining(["/usr/lib", "/usr/share", "/etc", "/usr/bin"]));
});

test("a folder inside a hidden one is hidden with it, and the root is never hidden", () => {
  const paths = { home: "/usr", checkout: "/usr/share", gitDir: "/usr/lib/git", cwd: "/unit" };
  const hidden = hiddenWith(paths);
  expect(hidden).toContain("/usr");
  expect(hidden).not.toContain("/usr/share");
  expect(hidden).not.toContain("/");
});

test("without network there is a network namespace, and only then", () => {
  const place = {
    cwd: "/usr/bin",
    outDir: "/out",
    gitConfigFd: 4,
    projectWritable: true,
    modules: { folders: [], caches: [] },
  };
  const policy = { home: "/usr/lib", checkout: "/usr/share", gitDir: "/etc/git", path: "" };
  const argsOf = (network: boolean): readonly string[] =>
    bubblewrapArgs(policy, { ...place, network }, { noNestedNamespaces: false, sizes: false });
  expect(argsOf(false)).toContain("--unshare-net");
  expect(argsOf(true)).not.toContain("--unshare-net");
});
