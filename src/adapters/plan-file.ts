import { readFileSync, realpathSync, statSync } from "node:fs";
import { dirname, join, resolve, sep } from "node:path";

import { type ParsedPlan, parsePlan } from "../core/plan/parse-plan.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import { failure } from "../model/failure.ts";
import type { PromptTexts } from "../model/plan-event.ts";
import { err, ok, type Result } from "../model/result.ts";

/** Larger files are refused unread: a plan is written by people. */
const bytesMax = 1024 * 1024;

export interface ReadPlan {
  readonly text: string;
  /** Folder of the plan: prompt files are beside it. */
  readonly folder: string;
  readonly parsed: Result<ParsedPlan, readonly Diagnostic[]>;
  /** What its prompt files say, by their names in it. */
  readonly prompts: PromptTexts;
}

/** Reads and checks a plan file. A Failure when there is no such file; what is wrong inside is in `parsed`. */
export function readPlanFile(file: string): Result<ReadPlan> {
  const folder = dirname(resolve(file));
  try {
    const info = statSync(file);
    if (!info.isFile())
      return err(
        failure("usage", `${file} is not a file`, {
          hint: "name a plan file, or say the task in words",
        }),
      );
    if (info.size > bytesMax) {
      const parsed = err([
        {
          code: "E-FILE-SIZE",
          severity: "error",
          message: `the plan has ${info.size} bytes; the most is ${bytesMax}`,
          path: "",
        } as const,
      ]);
      return ok({ text: "", folder, parsed, prompts: {} });
    }
    const text = new TextDecoder("utf-8").decode(readFileSync(file));
    return ok({ text, folder, ...checkPlanText(text, folder) });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const said = code === "ENOENT" ? "there is no such file" : message;
    return err(
      failure("usage", `${file} cannot be read: ${said}`, {
        hint: "name a plan file, or say the task in words",
      }),
    );
  }
}

/** Checks plan text whose prompt files lie in a folder; those that are `known` are not read from there. */
export function checkPlanText(
  text: string,
  folder: string,
  known: PromptTexts = {},
): Pick<ReadPlan, "parsed" | "prompts"> {
  const prompts: Record<string, string> = {};
  const parsed = parsePlan(text, (name) => {
    const prompt = Object.hasOwn(known, name) ? known[name] : readPrompt(folder, name);
    if (prompt !== undefined) prompts[name] = prompt;
    return prompt;
  });
  return { parsed, prompts };
}

/** A prompt file, if it really lies beside the plan: a link that leads elsewhere is not read. */
function readPrompt(folder: string, name: string): string | undefined {
  try {
    const path = realpathSync(join(folder, name));
    const inside = path.startsWith(`${realpathSync(folder)}${sep}`);
    return inside && statSync(path).isFile() && statSync(path).size <= bytesMax
      ? readFileSync(path, "utf8")
      : undefined;
  } catch {
    // Missing or unreadable: the caller reports it at its place in the plan.
    return undefined;
  }
}
