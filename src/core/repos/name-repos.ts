import type { RepoAddress } from "../../model/repo.ts";
import { keyOf } from "./parse-address.ts";

/** Short names, as long as no two repositories share one; those that would are called by all that tells them apart. */
export function nameRepos(addresses: readonly RepoAddress[]): readonly string[] {
  const count = new Map<string, number>();
  for (const address of addresses) {
    const name = shortName(address);
    count.set(name, (count.get(name) ?? 0) + 1);
  }
  return addresses.map((address) => {
    const name = shortName(address);
    return count.get(name) === 1 ? name : keyOf(address).replace(/^\//, "");
  });
}

/** `owner/name`; of a folder its own name. */
function shortName(address: RepoAddress): string {
  if (address.kind === "remote" && address.host !== "") return address.path;
  const last =
    address.path
      .replace(/\/\.git$/, "")
      .split("/")
      .at(-1) ?? "";
  return last.replace(/\.git$/, "") || last;
}
