import { expect, test } from "vitest";

import { gitTroubleOf } from "../../../src/core/repos/git-trouble.ts";

test.each([
  ["fatal: unable to access 'https://x/': Could not resolve host: x", "passing"],
  ["fatal: unable to access 'https://x/': The requested URL returned error: 503", "passing"],
  ["error: RPC failed; HTTP 429 curl 22 The requested URL returned error: 429", "passing"],
  ["fetch-pack: unexpected disconnect while reading sideband packet\nfatal: early EOF", "passing"],
  ["fatal: the remote end hung up unexpectedly", "passing"],
  [
    "remote: You have exceeded a secondary rate limit\nThe requested URL returned error: 403",
    "passing",
  ],
  ["ssh: connect to host x port 22: Connection timed out", "passing"],
  ["Host key verification failed.\nfatal: Could not read from remote repository.", "host-key"],
  [
    "git@x: Permission denied (publickey).\nfatal: Could not read from remote repository.",
    "credentials",
  ],
  ["fatal: could not read Username for 'https://x': terminal prompts disabled", "credentials"],
  ["fatal: unable to access 'https://x/': The requested URL returned error: 401", "credentials"],
  ["remote: Repository not found.\nfatal: repository 'https://x/' not found", "missing"],
  ["fatal: '/x' does not appear to be a git repository", "missing"],
  ["fatal: couldn't find remote ref nope", "missing"],
  ["fatal: write error: No space left on device", "disk-full"],
  ["fatal: something new", "other"],
])("%j is %s", (stderr, trouble) => {
  expect(gitTroubleOf(stderr)).toBe(trouble);
});
