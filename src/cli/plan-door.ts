import { existsSync } from "node:fs";
import { resolve } from "node:path";

import { checkPlanText, readPlanFile } from "../adapters/plan-file.ts";
import type { AcceptedPlan, ContextOptions } from "../app/open-context.ts";
import type { Work } from "../app/start-run.ts";
import { formatDiagnostics } from "../core/plan/format-diagnostics.ts";
import { growPlan } from "../core/plan/grow-plan.ts";
import { outlineOf } from "../core/plan/outline.ts";
import { printable } from "../core/printable.ts";
import { type Failure, failure } from "../model/failure.ts";
import type { PromptTexts } from "../model/plan-event.ts";
import type { Plan, Value } from "../model/plan.ts";
import { err, ok, type Result } from "../model/result.ts";
import type { Io } from "./io.ts";
import { paintFor } from "./paint.ts";
import { type ReadLine, readLineFrom } from "./read-line.ts";

/** Where plans come in: from a file, from the coordinator, from a running agent; and where a person says yes. */
export interface PlanDoor {
  readWork(what: string): Result<Work>;
  readonly check: ContextOptions["checkPlan"];
  readonly grow: ContextOptions["growPlan"];
  confirm(accepted: AcceptedPlan): Promise<boolean>;
}

export function openPlanDoor(options: {
  readonly io: Io;
  readonly set: Readonly<Record<string, Value>>;
  readonly yes: boolean;
  readonly json: boolean;
  /** How a person is asked. Left out: at the terminal. */
  readonly readLine?: ReadLine;
  /** Folder of the prompt files of plans that are not read from a file. */
  readonly promptsIn?: string;
}): PlanDoor {
  const { io } = options;
  let promptsIn = options.promptsIn ?? resolve(".");
  // As they were read first: what is edited meanwhile is another plan.
  let prompts: PromptTexts = {};
  return {
    readWork: (what) => {
      if (!looksLikeFile(what)) return ok({ kind: "words", goal: what });
      const read = readPlanFile(what);
      if (!read.ok) return read;
      promptsIn = read.value.folder;
      const { parsed, text } = read.value;
      const problems = parsed.ok ? parsed.value.unsupported : parsed.error;
      if (!parsed.ok || problems.length > 0)
        return err(
          planFailure(
            what,
            formatDiagnostics(problems, { file: what, text, paint: paintFor(io) }),
            problems.length,
          ),
        );
      const unset = unknownVars(parsed.value.plan, options.set);
      if (unset !== undefined) return err(unset);
      const { plan } = parsed.value;
      prompts = read.value.prompts;
      return ok({ kind: "plan", accepted: { text, plan, promptsIn, prompts } });
    },
    check: (text, known) => {
      promptsIn = known?.promptsIn ?? promptsIn;
      const checked = checkPlanText(text, promptsIn, known?.prompts ?? prompts);
      const { parsed } = checked;
      prompts = checked.prompts;
      const problems = parsed.ok ? parsed.value.unsupported : parsed.error;
      return parsed.ok && problems.length === 0
        ? ok({ text, plan: parsed.value.plan, promptsIn, prompts })
        : err(formatDiagnostics(problems, { file: "plan", text }));
    },
    grow: (text, tasks) => growPlan(text, tasks, (name) => prompts[name]),
    confirm: async (accepted) => {
      if (options.yes || options.json || !io.isTTY) return true;
      io.stderr(`\n${printable(outlineOf(accepted.plan))}\n`);
      return isWanted(io, options.readLine ?? readLineFrom);
    },
  };
}

/** A path is a plan file when it exists or is named like one; everything else is a task in words. */
function looksLikeFile(what: string): boolean {
  const [isYaml, isOneWord] = [/\.ya?ml$/i.test(what), !/\s/.test(what.trim())];
  if (isYaml && isOneWord) return true;
  // A name may have spaces; so has a task in words that speaks of a file.
  return (isYaml || isOneWord) && existsSync(what);
}

function planFailure(file: string, detail: string, count: number): Failure {
  return failure(
    "plan-invalid",
    `${file} has ${count} ${count === 1 ? "problem" : "problems"}; nothing was run`,
    { detail },
  );
}

/** `--set` of a name the plan does not have is a typing error that would otherwise change nothing, silently. */
function unknownVars(plan: Plan, set: Readonly<Record<string, Value>>): Failure | undefined {
  const wrong = Object.keys(set).find((name) => !Object.hasOwn(plan.vars, name));
  if (wrong === undefined) return undefined;
  const known = Object.keys(plan.vars);
  return failure("usage", `--set ${wrong}: the plan has no variable of that name`, {
    hint: known.length === 0 ? "it has no variables" : `it has ${known.join(", ")}`,
  });
}

/** Until it is a yes or a no: what an agent was paid for is not lost to a typing error. */
async function isWanted(io: Io, readLine: ReadLine): Promise<boolean> {
  for (;;) {
    const answer = (await readLine("Run this plan? [Y/n] "))?.trim().toLowerCase();
    if (answer === undefined) io.stderr("\n");
    if (answer === undefined || answer === "n" || answer === "no") return false;
    if (answer === "" || answer === "y" || answer === "yes") return true;
    io.stderr("y runs it, n does not\n");
  }
}
