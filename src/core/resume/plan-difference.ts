import type { PromptTexts } from "../../model/plan-event.ts";
import { lineDiff } from "../line-diff.ts";

interface PlanTexts {
  readonly text: string;
  readonly prompts: PromptTexts;
}

/** What two plans say differently, prompt files among it, as the lines of a patch; empty when nothing. */
export function planDifference(before: PlanTexts, now: PlanTexts): readonly string[] {
  const names = new Set([...Object.keys(before.prompts), ...Object.keys(now.prompts)]);
  const files = [...names].toSorted().map((name) => ({
    name,
    before: before.prompts[name] ?? "",
    now: now.prompts[name] ?? "",
  }));
  return [{ name: "the plan", before: before.text, now: now.text }, ...files].flatMap((file) =>
    file.before === file.now
      ? []
      : [`--- ${file.name}`, ...lineDiff(file.before.split("\n"), file.now.split("\n"))],
  );
}
