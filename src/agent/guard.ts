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
  /** The narrowest rule that would allow it. */
  readonly suggestion?: string;
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
  /** Asks a person whether the call may be made; undefined where nobody is there to ask. */
  readonly approve: Approve | undefined;
}

export type Approve = (
  asked: {
    readonly tool: string;
    readonly about: string;
    readonly reasons: readonly string[];
  },
  signal: AbortSignal,
) => Promise<boolean>;

/** The gate in front of every call. Where nobody can be asked, to ask is to refuse, and says so. */
export function createGuard(options: GuardOptions): Guard {
  const { contract, decider, neutralGit } = options;
  return async ({ tool, subjects }, signal) => {
    let grant: Grant = { projectWritable: true, hides: decider.hides };
    for (const subject of subjects) {
      const said = confinedOnly(contract, subject, await decider.decide(tool.name, subject));
      const refused = await whyNot(options, { tool: tool.name, subject, said }, signal);
      if (refused !== undefined) return err(refused);
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

/** What the model is told when the call may not be made. What is approved is this very call and no other. */
async function whyNot(
  { contract, emit, approve }: GuardOptions,
  call: {
    readonly tool: string;
    readonly subject: PermissionSubject;
    readonly said: SubjectDecision;
  },
  signal: AbortSignal,
): Promise<string | undefined> {
  const { tool, subject, said } = call;
  if (said.decision === "allow") return undefined;
  const { suggestion, rule, reasons } = said;
  const more = suggestion === undefined ? {} : { suggestion };
  const isAsked = said.decision === "ask" && approve !== undefined;
  if (isAsked && (await approve({ tool, about: wholeOf(subject), reasons }, signal)))
    return undefined;
  const reason = reasons.join("; ").slice(0, 300).toWellFormed();
  emit({
    kind: "refused",
    tool,
    about: aboutOf(subject),
    reason: isAsked ? `a person said no: ${reason}` : reason,
    ...(rule === undefined ? {} : { rule: rule.rule }),
    ...(isAsked ? {} : more),
  });
  if (said.decision === "deny") return `it is not permitted: ${reason}. Do not try it another way.`;
  return isAsked
    ? `a person was asked and said no. Do not try it another way; go on without it, or say in openIssues what you would need.`
    : `it needs a person's permission, and nobody is there to ask (mode ${contract.permissions.mode}): ${reason}. Go on without it, or say in openIssues what you would need.`;
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
  return wholeOf(subject).replaceAll(/\s+/g, " ").slice(0, 200).toWellFormed();
}

function wholeOf(subject: PermissionSubject): string {
  switch (subject.kind) {
    case "path":
      return subject.path;
    case "command":
      return subject.command;
    case "url":
      return subject.url;
    case "tool":
      return "";
  }
}
