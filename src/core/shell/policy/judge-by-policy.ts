import type { ShellWord } from "../script.ts";
import { allowed, ask, join, type ShellVerdict } from "../verdict.ts";
import { judgeValue } from "./judge-value.ts";
import { parseCall, shown } from "./parse-call.ts";
import type { CommandPlace, ParsedCall, ProgramPolicy, ValueRule } from "./program-policy.ts";

/** Judges the words behind a program's name by its policy: every option known, every value and operand what it should be. */
export function judgeByPolicy(
  policy: ProgramPolicy,
  words: readonly ShellWord[],
  place: CommandPlace,
): ShellVerdict {
  const parsed = parseCall(policy, words);
  if (parsed.kind === "unclear") return parsed.verdict;
  const { call } = parsed;
  return join([
    judgeOptions(policy, call, place),
    ...judgeOperands(policy, call, place),
    policy.check?.(call, place) ?? allowed,
  ]);
}

/** Whether the values of a call's options are what they should be: one that may become several words is none. */
export function judgeOptions(
  policy: ProgramPolicy,
  { options }: ParsedCall,
  place: CommandPlace,
): ShellVerdict {
  return join(
    options.map(({ name, value }) => {
      const rule = policy.values?.[name] ?? policy.attached?.[name];
      return rule === undefined || value === undefined ? allowed : judgeValue(value, rule, place);
    }),
  );
}

function judgeOperands(
  { names: [name = ""], ...policy }: ProgramPolicy,
  { options, operands }: ParsedCall,
  place: CommandPlace,
): readonly ShellVerdict[] {
  const { operandsMin = 0, operandsMax = Infinity } = policy;
  const rule = policy.operands;
  if (rule === "none") {
    return operands.length === 0
      ? []
      : [ask(`${name} with operands, ${operands.map(shown).join(" ")}`)];
  }
  if (operands.length < operandsMin || operands.length > operandsMax) {
    return [ask(`${name} with ${operands.length} operands`)];
  }
  const hasNoFirst = options.some((option) => policy.withoutFirst?.includes(option.name) === true);
  const ruleAt = (index: number): ValueRule =>
    typeof rule === "object" && "rest" in rule
      ? hasNoFirst
        ? rule.rest
        : (rule.first[index] ?? rule.rest)
      : rule;
  return operands.map((operand, index) => judgeValue(operand, ruleAt(index), place));
}
