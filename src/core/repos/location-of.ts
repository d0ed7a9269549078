import type { RepoAddress } from "../../model/repo.ts";

/** The URL, or the folder: both are what git takes for one. */
export function locationOf(address: RepoAddress): string {
  return address.kind === "folder" ? address.path : address.url;
}
