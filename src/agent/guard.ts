import type { Contract } from "../model/contract.ts";
import type { AgentEvent } from "../model/event.ts";
import { err, ok } from "../model/result.ts";
import type { Guard } from "./run-tool-calls.ts";
import type { PermissionSubject } from "./tool.ts";

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
export type DecideSubject = (tool: string, subject: PermissionSubject) => Promise<SubjectDecision>;

export interface GuardOptions {
  readonly contract: Pick<Contract, "permissions">;
  readonly decide: DecideSubject;
  readonly neutralGit: Readonly<Record<string, string>>;
  readonly emit: (event: AgentEvent) => void;
}

/** The gate in front of every call. Nobody can be asked while an agent works, so to ask is to refuse, and says so. */
export function createGuard({ contract, decide, neutralGit, emit }: GuardOptions): Guard {
  return async ({ tool, subjects }) => {
    let grant: {
      command?: string;
      env?: Readonly<Record<string, string>>;
      projectWritable: boolean;
    } = {
      projectWritable: true,
    };
    for (const subject of subjects) {
      const said = await decide(tool.name, subject);
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
          projectWritable: false,
          env: neutralGit,
          ...(said.canonical === undefined ? {} : { command: said.canonical }),
        };
      }
    }
    return ok(grant);
  };
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
