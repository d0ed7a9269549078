import { decide, type Decision, type Subject } from "../../core/permission/decide.ts";
import type { SecondOpinion } from "../../core/shell/judge-script.ts";
import type { Contract } from "../../model/contract.ts";
import { openShellScene } from "./open-shell-scene.ts";

/** What an agent's calls may do. */
export interface Decider {
  readonly decide: (tool: string, subject: Subject) => Promise<Decision>;
  /** Files that a search over many must not show: those that could not be read one by one. */
  readonly hides: (path: string) => boolean;
}

/** Decides on the machine at hand. The second parser is loaded with the first command. */
export function createDecider(
  contract: Pick<Contract, "permissions" | "root" | "checks">,
  machine: { readonly home: string; readonly path: string },
): Decider {
  const scene = { ...openShellScene({ root: contract.root, ...machine }), cwd: contract.root };
  let loading: Promise<SecondOpinion> | undefined;
  const { permissions, checks: listed } = contract;
  return {
    decide: async (tool, subject) => {
      const secondOpinion = subject.kind === "command" ? await (loading ??= load()) : noOpinion;
      return decide(tool, subject, { permissions, scene, secondOpinion, listed });
    },
    hides: (path) => {
      const subject = { kind: "path", path, access: "read" } as const;
      const options = { permissions, scene, secondOpinion: noOpinion, listed };
      return decide("Read", subject, options).decision !== "allow";
    },
  };
}

async function load(): Promise<SecondOpinion> {
  return (await import("./load-second-opinion.ts")).loadSecondOpinion();
}

function noOpinion(): string {
  return "nobody was asked";
}
