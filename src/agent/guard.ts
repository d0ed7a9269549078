import type { Contract } from "../model/contract.ts";
import type { AgentEvent } from "../model/event.ts";
import { err, ok } from "../model/result.ts";
import type { Guard } from "./run-tool-calls.ts";
import type { Grant, PermissionSubject } from "./tool.ts";

/** What is said about one subject of a call. */
export interface SubjectDecision {
  readonly decision: "allow" | "ask" | "deny";
  /** The rule that decided, as it was written, and whose it is. */
  readonly rule?: { readonly rule: string; readonly origin: string };
  readonly reasons: readonly string[];
  readonly canonical?: string;
  readonly onlyLooks?: boolean;
}

/** Decides by rules, mode and judgement; in the thread's composition, since it looks at the machine. */
export interface Decider {
  readonly decide: (tool: string, subject: PermissionSubject) => Promise<SubjectDecision>;
  /** Files that a search over many must not show. */
  readonly hides: (path: string) => boolean;
}

export interface GuardOptions {
  readonly contract: Pick<Contract, "permissions" | "shell">;
  readonly decider: Decider;
  readonly neutralGit: Readonly<Record<string, string>>;
  readonly emit: (event: AgentEvent) => void;
}

/** The gate in front of every call. Nobody can be asked while an agent works, so to ask is to refuse, and says so. */
export function createGuard({ contract, decider, neutralGit, emit }: GuardOptions): Guard {
  return async ({ tool, subjects }) => {
    let grant: Grant = { projectWritable: true, hides: decider.hides };
    for (const subject of subjects) {
      const said = confinedOnly(contract, subject, await decider.decide(tool.name, subject));
      if (said.decision !== "allow") {
        const reason = said.reasons.join("; ").slice(0, 300).toWellFormed();
        const { mode } = contract.permissions;
        emit({
          kind: "refused",
          tool: tool.name,
          about: aboutOf(subject),
          reason,
          ...(said.rule === undefined ? {} : { rule: said.rule.rule }),
        });
        return err(
          said.decision === "deny"
            ? `it is not permitted: ${reason}. Do not try it another way.`
            : `it needs a person's permission, and nobody is there to ask (mode ${mode}): ${reason}. Go on without it, or say in openIssues what you would need.`,
        );
      }
      if (said.onlyLooks === true) {
        grant = {
          ...grant,
          projectWritable: false,
          env: neutralGit,
          ...(said.canonical === undefined ? {} : { command: said.canonical }),
        };
      }
    }
    return ok(grant);
  };
}

/** Where there is no sandbox no rule can stand in for it: only what was read to look around is run. */
function confinedOnly(
  { shell }: GuardOptions["contract"],
  subject: PermissionSubject,
  said: SubjectDecision,
): SubjectDecision {
  const runs = subject.kind === "command" && said.decision === "allow" && said.onlyLooks !== true;
  if (shell !== "look-only" || !runs) return said;
  const reason =
    "there is no sandbox on this machine, and without one only commands that look around are run (a person can install bubblewrap, or give --unsandboxed)";
  return { decision: "deny", reasons: [reason] };
}

/** One line for the report, of what the model wanted. */
function aboutOf(subject: PermissionSubject): string {
  const text =
    subject.kind === "path"
      ? subject.path
      : subject.kind === "command"
        ? subject.command
        : subject.kind === "url"
          ? subject.url
          : "";
  return text.replaceAll(/\s+/g, " ").slice(0, 200).toWellFormed();
}
