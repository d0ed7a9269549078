import type { Diagnostic } from "../../model/diagnostic.ts";
import type { PlanFile } from "../../model/plan-file.ts";
import { isPlansToGive } from "../permission/combine.ts";
import { parseRule } from "../permission/parse-rule.ts";
import type { Source } from "./source.ts";

/** Rules nobody understands, and rules that allow what is not a plan's to give. */
export function checkPermissions(source: Source, file: PlanFile): readonly Diagnostic[] {
  return (["allow", "ask", "deny"] as const).flatMap((list) =>
    (file.permissions?.[list] ?? []).flatMap((rule, index) => {
      const path = ["permissions", list, index];
      const parsed = parseRule(rule);
      if (!parsed.ok) return [source.at(path, { code: "E-RULE", message: parsed.error })];
      if (list !== "allow" || isPlansToGive(rule)) return [];
      const message = "a plan may allow commands, Bash(…), and nothing else";
      const expected = "the rule in your configuration, or --allow on the command line";
      return [source.at(path, { code: "E-RULE-WIDE", message, expected })];
    }),
  );
}
