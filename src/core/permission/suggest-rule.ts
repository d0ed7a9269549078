import type { Judgement } from "../shell/judge-script.ts";

/**
 * How many words of a command say what it is for: the program, or the program with its verb. Only programs that do one
 * known kind of thing stand here: none that runs what it is told to in words (interpreters, wrappers, git, sudo).
 */
const verbs: Readonly<Record<string, readonly string[] | "any" | "none">> = {
  npm: ["test", "run"],
  pnpm: ["test", "run"],
  yarn: ["test", "run"],
  cargo: ["build", "check", "clippy", "fmt", "test"],
  go: ["build", "fmt", "test", "vet"],
  dotnet: ["build", "test"],
  mvn: ["compile", "test", "verify"],
  gradle: ["build", "check", "test"],
  make: "any",
  biome: ["check", "format", "lint"],
  ruff: ["check", "format"],
  eslint: "none",
  jest: "none",
  mocha: "none",
  mypy: "none",
  oxlint: "none",
  prettier: "none",
  pytest: "none",
  tsc: "none",
  vitest: ["run"],
};
/** These need the name of a script behind them to say anything. */
const runsByName: ReadonlySet<string> = new Set(["npm", "pnpm", "yarn"]);
const plain = /^[A-Za-z0-9@_][\w@.:/-]{0,60}$/;

/**
 * The narrowest rule that would let a refused command run: a beginning of its own words. Undefined for whatever is more
 * than one plain command, or does more than one known kind of thing.
 */
export function suggestRule(tool: string, { script }: Judgement): string | undefined {
  const node = script?.node;
  if (tool !== "Bash" || node?.kind !== "command") return undefined;
  if (node.assignments.length + node.redirections.length + node.nested.length > 0) return undefined;
  const words = node.words.map((word) => (word.kind === "literal" ? word.text : ""));
  const [program = "", verb = "", name = ""] = words;
  const known = Object.hasOwn(verbs, program) ? verbs[program] : undefined;
  if (known === undefined || words.includes("")) return undefined;
  const beginning = beginningOf({ program, verb, name, known });
  if (beginning?.every((word) => plain.test(word)) !== true) return undefined;
  return `Bash(${beginning.join(" ")}:*)`;
}

function beginningOf(command: {
  readonly program: string;
  readonly verb: string;
  readonly name: string;
  readonly known: readonly string[] | "any" | "none";
}): readonly string[] | undefined {
  const { program, verb, name, known } = command;
  if (known === "none") return [program];
  if (known !== "any" && !known.includes(verb)) return undefined;
  return runsByName.has(program) && verb === "run" ? [program, verb, name] : [program, verb];
}
