import { decide, type Decision, type Subject } from "../../core/permission/decide.ts";
import type { SecondOpinion } from "../../core/shell/judge-script.ts";
import type { Contract } from "../../model/contract.ts";
import { openShellScene } from "./open-shell-scene.ts";

/** Decides what an agent's calls may do, on the machine at hand. The second parser is loaded with the first command. */
export function createDecider(
  contract: Pick<Contract, "permissions" | "root" | "checks">,
  machine: { readonly home: string; readonly path: string },
): (tool: string, subject: Subject) => Promise<Decision> {
  const scene = { ...openShellScene({ root: contract.root, ...machine }), cwd: contract.root };
  let loading: Promise<SecondOpinion> | undefined;
  return async (tool, subject) => {
    const secondOpinion = subject.kind === "command" ? await (loading ??= load()) : noOpinion;
    const { permissions, checks } = contract;
    return decide(tool, subject, { permissions, scene, secondOpinion, listed: checks });
  };
}

async function load(): Promise<SecondOpinion> {
  return (await import("./load-second-opinion.ts")).loadSecondOpinion();
}

function noOpinion(): string {
  return "nobody was asked";
}
