import fc from "fast-check";
import { expect, test } from "vitest";

import { keyOf, parseAddress, withoutCredentials } from "../../../src/core/repos/parse-address.ts";

function keyOfText(text: string): string {
  const address = parseAddress(text, "/home/ada/plans");
  return address.ok ? keyOf(address.value) : `refused: ${address.error.message}`;
}

test.each([
  ["unjs/defu", "github.com/unjs/defu"],
  ["unjs/defu.git", "github.com/unjs/defu"],
  ["https://github.com/unjs/defu", "github.com/unjs/defu"],
  ["https://GitHub.com/UnJS/defu.git", "github.com/unjs/defu"],
  ["https://github.com:443/unjs/defu/", "github.com/unjs/defu"],
  ["https://www.github.com/unjs//defu", "github.com/unjs/defu"],
  ["git@github.com:unjs/defu.git", "github.com/unjs/defu"],
  ["ssh://git@github.com/unjs/defu.git", "github.com/unjs/defu"],
  ["ssh://git@github.com:22/unjs/defu", "github.com/unjs/defu"],
  ["ssh://git@code.example.org:2222/Team/x", "code.example.org:2222/Team/x"],
  ["https://code.example.org/team/sub/x", "code.example.org/team/sub/x"],
  ["http://127.0.0.1:8080/x.git", "127.0.0.1:8080/x"],
  ["https://code.example.org/with%20space/x", "code.example.org/with space/x"],
  ["file:///srv/git/x.git", "/srv/git/x.git"],
  ["/srv/git/x.git", "/srv/git/x.git"],
  ["/srv/app/.git", "/srv/app"],
  ["/srv/app/", "/srv/app"],
  ["./app", "/home/ada/plans/app"],
  ["../ä ö/app", "/home/ada/ä ö/app"],
  [".", "/home/ada/plans"],
])("%s is %s", (text, key) => {
  expect(keyOfText(text)).toBe(key);
});

test.each([
  ["", "names no repository"],
  ["-uroot", "option"],
  ["--upload-pack=touch /tmp/x", "option"],
  ["ext::sh -c touch% /tmp/x", "transport"],
  ["fd::17", "transport"],
  ["https::https://github.com/a/b", "transport"],
  ["ssh://-oProxyCommand=touch/x", "host name"],
  ["-oProxyCommand=x@host:path", "option"],
  ["git@-oProxyCommand=x:path", "host name"],
  ["https://github.com/a/../../etc", "leads elsewhere"],
  ["https://github.com/a/%2e%2e/b", "leads elsewhere"],
  ["https://github.com/a/-x", "leads elsewhere"],
  ["https://github.com/%zz", "well-formed"],
  ["https://github.com/a/b%0a", "well-formed"],
  ["https://github.com", "names no repository"],
  ["https://github.com/a/b?x=1", "query"],
  ["https://ada:s3cret-word@github.com/a/b", "credential"],
  ["https://s3cret-word@github.com/a/b", "credential"],
  ["ssh://git:s3cret-word@github.com/a/b", "credential"],
  ["http://github.com/a/b", "plain http"],
  ["git://github.com/a/b", "goes over git"],
  ["file://server/a/b", "another machine"],
  ["a b", "is not a repository"],
  ["a", "is not a repository"],
  ["~/app", "begins with ~"],
  ["a/b\u0007", "control characters"],
])("%j is refused: %s", (text, why) => {
  const said = keyOfText(text);
  expect(said).toContain("refused: ");
  expect(said).toContain(why);
  expect(said).not.toContain("s3cret");
});

test("whatever the text, what is accepted can be handed to git", () => {
  const pieces = fc.constantFrom(
    ..."https:// ssh:// file:// ext:: git@ -u -- :: @ : / . .. host github.com %2e %0a \n ~ ? # :22 user:pw@".split(
      " ",
    ),
  );
  const texts = fc.oneof(
    fc.string(),
    fc.array(pieces, { maxLength: 8 }).map((all) => all.join("")),
  );
  fc.assert(
    fc.property(texts, (text) => {
      const address = parseAddress(text, "/plans");
      if (!address.ok) return;
      const given = address.value.kind === "folder" ? address.value.path : address.value.url;
      expect(given).toMatch(
        /^(?:\/|https:\/\/|http:\/\/(?:localhost|127\.)|ssh:\/\/|file:\/\/|[\w.-]+@?)/i,
      );
      expect(given).not.toMatch(/^-|^[^/]*::|\p{Cc}/u);
      expect(withoutCredentials(given)).toBe(given);
    }),
    { numRuns: 2_000 },
  );
});
