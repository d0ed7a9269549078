import type { Value } from "../../model/plan.ts";
import type { ListedRepo, Repo } from "../../model/repo.ts";
import { locationOf } from "./location-of.ts";

/** What expressions read of a repository, as `matrix.repo.name`. */
export function repoValue({ name, key, address, base, commit }: Repo): Value {
  const where =
    address.kind === "folder"
      ? { path: address.path, host: "" }
      : { url: address.url, host: address.host };
  const [owner = ""] = name.includes("/") ? name.split("/") : [];
  return { name, key, owner, ...where, base: base ?? null, commit: commit ?? null };
}

export function listedRepo({ address, base, commit }: Repo): ListedRepo {
  return {
    repo: locationOf(address),
    ...(base === undefined ? {} : { base }),
    ...(commit === undefined ? {} : { commit }),
  };
}
