import { hash } from "node:crypto";

import pLimit from "p-limit";

import { suggestRule } from "../core/permission/suggest-rule.ts";
import { escapedText } from "../core/printable.ts";
import { programsOf } from "../core/shell/programs-of.ts";
import { readScript } from "../core/shell/read-script.ts";
import type { Permissions } from "../model/permission.ts";
import type { Question } from "../model/question.ts";
import type { Io } from "./io.ts";
import { paintFor } from "./paint.ts";
import type { ReadLine } from "./read-line.ts";

export type ApprovalQuestion = Extract<Question, { readonly kind: "approve" }>;

export interface ApproverOptions {
  readonly io: Io;
  readonly permissions: Permissions;
  readonly home: string;
  /** Stops drawing while a person is asked. */
  readonly paused: <T>(ask: () => Promise<T>) => Promise<T>;
  readonly readLine: ReadLine;
}

/** Whether a person lets a call be made. Nobody is asked two things at once. */
export type Approver = (question: ApprovalQuestion, signal: AbortSignal) => Promise<boolean>;

/**
 * Asks a person. A yes holds for exactly that call: the same text, in the same worktree, under the same rules; "always"
 * holds for the rest of the run for what the rule shown covers. All that is shown was made here, from the call's text: what
 * an agent's thread says about it counts for nothing.
 */
export function createApprover(options: ApproverOptions): Approver {
  const oneAtATime = pLimit(1);
  const approved = new Set<string>();
  const always = new Set<string>();
  return (question, signal) =>
    oneAtATime(async () => {
      const key = keyOf(question, options.permissions);
      const shown = understood(question, options.home);
      if (approved.has(key) || (shown.rule !== undefined && always.has(shown.rule))) return true;
      if (signal.aborted) return false;
      const answer = await options.paused(async () => {
        options.io.stderr(box(question, shown, options.io));
        const prompt = `Let it? [y]es, once${shown.rule === undefined ? "" : " / [a]lways in this run"} / [N]o `;
        return ((await options.readLine(prompt, signal)) ?? "").trim().toLowerCase();
      });
      if (shown.rule !== undefined && (answer === "a" || answer === "always")) {
        always.add(shown.rule);
        return true;
      }
      if (answer !== "y" && answer !== "yes") return false;
      approved.add(key);
      return true;
    });
}

interface Understood {
  readonly programs: readonly string[] | undefined;
  readonly rule: string | undefined;
}

function understood({ tool, about }: ApprovalQuestion, home: string): Understood {
  if (tool !== "Bash") return { programs: undefined, rule: undefined };
  const read = readScript(about, { home });
  if (read.kind !== "read") return { programs: undefined, rule: undefined };
  const { script } = read;
  const rule = suggestRule(tool, { decision: "ask", reasons: [], script });
  return { programs: programsOf(script.node), rule };
}

/** Everything in it is on its own line and without controls, so that no text can draw a box of its own. */
function box({ tool, about, cwd, reasons }: ApprovalQuestion, shown: Understood, io: Io): string {
  const paint = paintFor(io);
  const { programs, rule } = shown;
  const lines = [
    `${paint.strong("An agent asks")} to use ${escapedText(tool)}`,
    ...escapedText(about)
      .split("\n")
      .map((line) => `  ${paint.strong(line)}`),
    `  in ${escapedText(cwd)}`,
    ...(programs === undefined || programs.length === 0
      ? []
      : [`  runs ${programs.map(escapedText).join(", ")}`]),
    ...reasons.map(
      (reason) => `  ${paint.warning("not allowed by itself:")} ${escapedText(reason)}`,
    ),
    ...(rule === undefined ? [] : [`  always: ${rule}`]),
  ];
  return `\n${lines.join("\n")}\n`;
}

function keyOf({ tool, about, cwd }: ApprovalQuestion, permissions: Permissions): string {
  return hash("sha256", JSON.stringify([tool, about, cwd, permissions]));
}
