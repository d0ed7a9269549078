import type { Branches, PullRequests } from "../../ports/publishing.ts";
import type { HostTurns } from "../host-turns.ts";

/** The same branches, so many at a time at one host. */
export function branchesInTurn(branches: Branches, turnAt: HostTurns): Branches {
  return {
    ...branches,
    lookUp: (target, ...rest) => turnAt(target.address)(() => branches.lookUp(target, ...rest)),
    rebase: (target, ...rest) => turnAt(target.address)(() => branches.rebase(target, ...rest)),
    push: (target, ...rest) => turnAt(target.address)(() => branches.push(target, ...rest)),
  };
}

/** The same pull requests, so many at a time at one host. */
export function pullsInTurn(pulls: PullRequests, turnAt: HostTurns): PullRequests {
  return {
    ...pulls,
    find: (target, wish) => turnAt(target.address)(() => pulls.find(target, wish)),
    open: (target, wish) => turnAt(target.address)(() => pulls.open(target, wish)),
  };
}
