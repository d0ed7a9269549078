import type { ShellWord, SimpleCommand } from "../script.ts";
import type { ShellScene } from "../shell-scene.ts";
import { allowed, ask, join, type ShellVerdict } from "../verdict.ts";
import { expandGlob } from "../words/expand-glob.ts";
import { judgeValue } from "./judge-value.ts";
import { parseCall, shown } from "./parse-call.ts";
import type { CommandPlace, ParsedCall, ProgramPolicy, ValueRule } from "./program-policy.ts";
import { policies } from "./programs/policies.ts";

/** Commands inside commands inside commands. */
const depthMax = 5;
/** Folders of the system in which a program of a known name is that program. */
const systemFolders: readonly string[] = ["/bin/", "/usr/bin/", "/usr/local/bin/"];

/** Judges one simple command by what is known of its program: its words alone, not redirections or assignments. */
export function judgeCommand(
  command: SimpleCommand,
  at: {
    readonly scene: ShellScene;
    readonly cwd: string | undefined;
    readonly stdin: CommandPlace["stdin"];
  },
  depth = 0,
): ShellVerdict {
  if (depth > depthMax) return ask("commands nested too deep");
  const place: CommandPlace = {
    ...at,
    judgeInner: (inner) => judgeCommand(inner, at, depth + 1),
  };
  const [program, ...rest] = command.words;
  if (program === undefined) return allowed;
  if (program.kind !== "literal")
    return ask(`the program is known only when it runs: ${shown(program)}`);
  const policy = policyOf(program.text, at.scene);
  if (policy === undefined) return ask(`nothing is known of ${program.text}`);
  if (policy.noPatterns === true && rest.some(({ kind }) => kind === "glob")) {
    return ask(
      `${program.text}: a file that a pattern stands for may be taken for more than a file`,
    );
  }
  const words = policy.takesAnything === true ? rest : withFiles(rest, place);
  if (words === undefined)
    return ask("a pattern stands for no file, for too many, or for ones nobody can see");
  if (policy.judge !== undefined)
    return policy.judge({ ...command, words: [program, ...words] }, place);
  return judgeByPolicy(policy, words, place);
}

export function judgeByPolicy(
  policy: ProgramPolicy,
  words: readonly ShellWord[],
  place: CommandPlace,
): ShellVerdict {
  const parsed = parseCall(policy, words);
  if (parsed.kind === "unclear") return parsed.verdict;
  const { call } = parsed;
  return join([
    ...call.options.map(({ name, value }) => judgeOption(policy, name, value, place)),
    ...judgeOperands(policy, call, place),
    policy.check?.(call, place) ?? allowed,
  ]);
}

function judgeOption(
  policy: ProgramPolicy,
  name: string,
  value: ShellWord | undefined,
  place: CommandPlace,
): ShellVerdict {
  const rule = policy.values?.[name] ?? policy.attached?.[name];
  return rule === undefined || value === undefined ? allowed : judgeValue(value, rule, place);
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

/** By its name when PATH finds it, or by a path of the system; another file of the same name is another program. */
function policyOf(program: string, scene: ShellScene): ProgramPolicy | undefined {
  const name = program.slice(program.lastIndexOf("/") + 1);
  const policy = policies.get(name);
  if (policy === undefined) return undefined;
  if (program === name)
    return policy.isBuiltin === true || scene.locate(name) !== undefined ? policy : undefined;
  return systemFolders.some((folder) => program === folder + name) ? policy : undefined;
}

/** A pattern that fits nothing now may fit something when it runs; only in the value of an option it stays as it is. */
function filesOf(
  { pattern, prefix }: Extract<ShellWord, { kind: "glob" }>,
  { scene, cwd }: CommandPlace,
): readonly string[] | undefined {
  const found = expandGlob(scene, cwd, pattern);
  if (found === undefined || found.length > 0) return found;
  return prefix.startsWith("--") && prefix.includes("=") ? [pattern] : undefined;
}

/** The words with every pattern replaced by the files it stands for now. */
function withFiles(
  words: readonly ShellWord[],
  place: CommandPlace,
): readonly ShellWord[] | undefined {
  const files: ShellWord[] = [];
  for (const word of words) {
    if (word.kind !== "glob") files.push(word);
    else {
      const found = filesOf(word, place);
      if (found === undefined) return undefined;
      files.push(...found.map((text) => ({ kind: "literal" as const, text })));
    }
  }
  return files;
}
