import { resolvePath } from "../paths/resolve-path.ts";
import type { ShellWord, SimpleCommand } from "../script.ts";
import type { ShellScene } from "../shell-scene.ts";
import { allowed, ask, type ShellVerdict } from "../verdict.ts";
import { expandGlob } from "../words/expand-glob.ts";
import { judgeByPolicy } from "./judge-by-policy.ts";
import { shown } from "./parse-call.ts";
import type { CommandPlace, ProgramPolicy } from "./program-policy.ts";
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
  const outward = rest.find((word) => word.kind === "glob" && leadsOut(word, place));
  if (outward !== undefined)
    return ask(`${shown(outward)} stands for names outside of the project`);
  const words = policy.takesAnything === true ? rest : withFiles(rest, place);
  if (words === undefined)
    return ask("a pattern stands for no file, for too many, or for ones nobody can see");
  if (policy.judge !== undefined)
    return policy.judge({ ...command, words: [program, ...words] }, place);
  return judgeByPolicy(policy, words, place);
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

/** Even the names of what lies outside are nobody's business. */
function leadsOut(
  { pattern }: Extract<ShellWord, { kind: "glob" }>,
  { scene, cwd }: CommandPlace,
): boolean {
  if (!pattern.includes("/")) return false;
  const places = expandGlob(scene, cwd, pattern)?.map((file) => resolvePath(scene, cwd, file));
  return places?.every((at) => at.kind === "known" && at.inside) !== true;
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
