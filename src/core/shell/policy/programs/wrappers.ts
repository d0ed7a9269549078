import { judgeAssignment } from "../../judge-assignment.ts";
import type { ShellWord, SimpleCommand } from "../../script.ts";
import { allowed, ask, type ShellVerdict } from "../../verdict.ts";
import { join } from "../../verdict.ts";
import { judgeOptions } from "../judge-by-policy.ts";
import { parseCall } from "../parse-call.ts";
import type { CommandPlace, ProgramPolicy } from "../program-policy.ts";

/** A program that runs the command behind its own options, which end at its first operand. */
function wrapper(
  policy: Omit<ProgramPolicy, "operands" | "judge" | "optionsFirst">,
  own: number,
): ProgramPolicy {
  const whole: ProgramPolicy = { ...policy, operands: "text", optionsFirst: true };
  return {
    ...whole,
    judge: (command, place) => {
      const parsed = parseCall(whole, command.words.slice(1));
      if (parsed.kind === "unclear") return parsed.verdict;
      const words = parsed.call.operands;
      const isKnown = words.slice(0, own).every((word) => word.kind === "literal");
      if (!isKnown || words.length <= own)
        return ask(`${policy.names[0]}: nobody knows what it runs`);
      return join([
        judgeOptions(whole, parsed.call, place),
        place.judgeInner({ ...command, words: words.slice(own) }),
      ]);
    },
  };
}

/** `env A=1 command`: each variable judged as one in front of a command. */
function judgeEnv(command: SimpleCommand, place: CommandPlace): ShellVerdict {
  const words = command.words.slice(1);
  const verdicts: ShellVerdict[] = [];
  let at = 0;
  for (; at < words.length; at++) {
    const word = words[at];
    if (word?.kind !== "literal") break;
    if (word.text === "--" || word.text === "-i" || word.text === "-") continue;
    const [, name, value] = /^([A-Za-z_]\w*)=(.*)$/s.exec(word.text) ?? [];
    if (name === undefined || value === undefined) break;
    const set = { name, value: { kind: "literal" as const, text: value }, plain: true };
    verdicts.push(judgeAssignment(set, "env"));
  }
  const inner = words.slice(at);
  const [first] = inner;
  if (first === undefined) return ask("env shows the environment");
  if (first.kind !== "literal" || first.text.startsWith("-"))
    return ask("env with an option that is not known to be harmless");
  return join([...verdicts, place.judgeInner({ ...command, words: inner })]);
}

/** `command -v x` and `command -V x` only tell. */
function judgeCommandBuiltin(command: SimpleCommand, place: CommandPlace): ShellVerdict {
  const [, first, ...rest] = command.words;
  if (first?.kind === "literal" && (first.text === "-v" || first.text === "-V")) {
    return rest.every(({ kind }) => kind === "literal")
      ? allowed
      : ask("command -v of what nobody knows");
  }
  // With `-p` it looks in the system's own folders.
  const own = first?.kind === "literal" && first.text === "-p" ? 2 : 1;
  const inner = command.words[own];
  if (inner?.kind !== "literal" || inner.text.startsWith("-")) return ask("command with options");
  return place.judgeInner({ ...command, words: command.words.slice(own) });
}

/** Names from its input become words of the command: only where no word can do harm, and none is a path that is read. */
const withAnyWords: ReadonlySet<string> = new Set(["echo", "basename", "dirname"]);

function judgeXargs(command: SimpleCommand, place: CommandPlace): ShellVerdict {
  const parsed = parseCall(xargs, command.words.slice(1));
  if (parsed.kind === "unclear") return parsed.verdict;
  const [program] = parsed.call.operands;
  const isHarmless =
    program === undefined || (program.kind === "literal" && withAnyWords.has(program.text));
  return isHarmless
    ? judgeOptions(xargs, parsed.call, place)
    : ask(`xargs: nobody knows which files ${nameOf(program)} gets`);
}

function nameOf(word: ShellWord): string {
  return word.kind === "literal" ? word.text : "the program";
}

const xargs: ProgramPolicy = {
  names: ["xargs"],
  flags: "0rtx",
  long: "null no-run-if-empty verbose",
  values: { n: "number", L: "number", P: "number", d: "text", I: "text", s: "number" },
  optionsFirst: true,
  operands: "text",
  judge: judgeXargs,
  allow: ["xargs", "xargs -n1 basename", "xargs -0 echo"],
  notAllow: [
    "xargs rm",
    "xargs cat",
    "xargs -I{} sh -c {}",
    "xargs -a list echo",
    "x='1 sh -c'; xargs -n $x echo",
    "xargs -I $(cat README.md) echo",
  ],
};

export const wrapperPolicies: readonly ProgramPolicy[] = [
  xargs,
  {
    names: ["env"],
    operands: "none",
    judge: judgeEnv,
    allow: ["env LC_ALL=C sort data/a.txt", "env -i ls"],
    notAllow: [
      "env",
      "env -S 'sh -c id'",
      "env LD_PRELOAD=x ls",
      "env -C / ls",
      "env -u PATH ls",
      "env sh",
    ],
  },
  {
    names: ["command"],
    isBuiltin: true,
    operands: "none",
    judge: judgeCommandBuiltin,
    allow: ["command -v node", "command ls src", "command -p ls"],
    notAllow: ["command rm x", "command -p rm x", "command -p -p rm x", "command"],
  },
  {
    names: ["builtin"],
    isBuiltin: true,
    operands: "none",
    judge: (command, place) => place.judgeInner({ ...command, words: command.words.slice(1) }),
    allow: ["builtin echo a"],
    notAllow: ["builtin eval x"],
  },
  wrapper(
    {
      names: ["timeout"],
      flags: "v",
      long: "foreground preserve-status verbose",
      values: { k: "text", s: "text", "kill-after": "text", signal: "text" },
      allow: ["timeout 5 ls", "timeout -k 1 5s cat README.md"],
      notAllow: ["timeout 5 rm x", "timeout 5", "x='1 1 sh x'; timeout -k $x 5 ls"],
    },
    1,
  ),
  wrapper(
    {
      names: ["nice"],
      digits: true,
      values: { n: "number", adjustment: "number" },
      allow: ["nice ls", "nice -n 10 ls"],
      notAllow: ["nice sh x", "x='5 sh x'; nice -n $x ls"],
    },
    0,
  ),
  wrapper(
    {
      names: ["stdbuf"],
      values: { i: "text", o: "text", e: "text", input: "text", output: "text", error: "text" },
      allow: ["stdbuf -oL cat README.md"],
      notAllow: ["stdbuf -oL sh x", "x='L sh x'; stdbuf -o $x ls"],
    },
    0,
  ),
  wrapper(
    {
      names: ["time"],
      flags: "pv",
      allow: ["command time -p ls"],
      notAllow: ["command time -o out ls"],
    },
    0,
  ),
];
