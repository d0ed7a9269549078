import { expect, test } from "vitest";

import { isTokensHost } from "../../../src/core/publish/token-host.ts";

test.each([
  [["glab", "repo", "list"], undefined, true],
  [["glab", "mr", "list", "--repo=gitlab.com/group/name"], undefined, true],
  [["glab", "mr", "list", "--repo=https://gitlab.com/group/name"], undefined, true],
  [["glab", "mr", "list", "--repo=GitLab.example/group/name"], "https://gitlab.example/", true],
  [["glab", "mr", "list", "--repo=gitlab.example/group/name"], undefined, false],
  [["glab", "mr", "list", "--repo=gitlab.com.evil.example/group/name"], undefined, false],
  [["glab", "mr", "list", "--repo=https://gitlab.com@evil.example/name"], undefined, false],
  [["glab", "mr", "list", "--repo=/srv/repositories/name"], undefined, false],
])("whether the token goes with %j, of the server %s: %s", (argv, own, goes) => {
  expect(isTokensHost(argv, own)).toBe(goes);
});
