import pLimit from "p-limit";

import type { RepoAddress } from "../model/repo.ts";

/** Servers throttle, or refuse, whoever asks them for hundreds of repositories at once. */
const perHostDefault = 4;

/** Runs work that reaches a repository's host when it is its turn there. */
export type HostTurns = (address: RepoAddress) => <T>(work: () => Promise<T>) => Promise<T>;

/** Each host has its own queue, `most` at a time; repositories of this machine have none. */
export function hostTurns(most = perHostDefault): HostTurns {
  const hosts = new Map<string, ReturnType<typeof pLimit>>();
  return (address) => {
    if (address.kind === "folder" || address.host === "") return (work) => work();
    const limit = hosts.get(address.host) ?? pLimit(most);
    hosts.set(address.host, limit);
    return (work) => limit(work);
  };
}
