import { canonical } from "./canonical.ts";
import { findDenials } from "./deny/find-denials.ts";
import { judgeAssignment } from "./judge-assignment.ts";
import { judgeRead, judgeRedirection } from "./judge-redirection.ts";
import { changeFolder } from "./paths/change-folder.ts";
import { judgeCommand } from "./policy/judge-command.ts";
import { readScript } from "./read-script.ts";
import type { ShellNode, ShellScript, ShellWord, SimpleCommand } from "./script.ts";
import type { ShellScene } from "./shell-scene.ts";
import { ask, join, type ShellVerdict } from "./verdict.ts";
import { expandGlob } from "./words/expand-glob.ts";

export interface Judgement extends ShellVerdict {
  /** Undefined: it was not read, so nobody knows its parts. */
  readonly script?: ShellScript;
  /** What to run in place of an allowed text, when it can be written anew. */
  readonly canonical?: string;
}

/** Another parser's opinion of a text: why it would run other commands than were read; undefined: it agrees. */
export type SecondOpinion = (text: string, script: ShellScript) => string | undefined;

export interface JudgeOptions {
  readonly scene: ShellScene;
  /** Asked before a text is allowed that cannot be written anew. */
  readonly secondOpinion: SecondOpinion;
  /** Whether somebody allowed this very command, which does more than look. Its surroundings are judged all the same. */
  readonly permits?: (command: SimpleCommand) => boolean;
}

/** How a command stands in its script. */
interface Place {
  readonly scene: ShellScene;
  /** Folders it may start in; undefined: nobody knows. */
  readonly cwds: readonly string[] | undefined;
  readonly stdin: "none" | "pipe" | "file";
  readonly functions: ReadonlySet<string>;
  readonly permits: (command: SimpleCommand) => boolean;
}

interface Walked {
  readonly verdict: ShellVerdict;
  readonly cwds: Place["cwds"];
  /** It cannot have failed to change the folder, as far as anybody can see. */
  readonly isSure?: boolean;
}

/** Folders that are followed at once, before they count as unknown. */
const cwdsMax = 4;

/**
 * What may be done about a shell text: "allow" when every part of it was understood and only looks, "deny" when the
 * permissive search finds what no rule may allow, "ask" for all else. Never throws; whatever goes wrong is "ask".
 */
export function judgeScript(text: string, options: JudgeOptions): Judgement {
  const denied = guarded(() => findDenials(text, { scene: options.scene, cwd: options.scene.cwd }));
  const { scene } = options;
  const read = readScript(text, {
    home: scene.home,
    filesOf: (pattern) => expandGlob(scene, scene.cwd, pattern),
  });
  if (read.kind === "not-read") return join([denied, ask(...read.reasons)]);
  const { script } = read;
  const judged = guarded(() => judgeParts(text, script, options));
  const verdict = join([denied, judged]);
  const rewritten =
    verdict.decision === "allow" && script.literal ? canonical(script.node) : undefined;
  return { ...verdict, script, ...(rewritten === undefined ? {} : { canonical: rewritten }) };
}

function judgeParts(text: string, script: ShellScript, options: JudgeOptions): ShellVerdict {
  const { scene } = options;
  const functions = new Set(functionNames(script.node));
  const here = judgeRead(scene.cwd, { scene, cwd: scene.cwd });
  if (here.decision !== "allow") return ask(`it starts in ${scene.cwd}, outside of the project`);
  const permits = options.permits ?? permitsNothing;
  const place: Place = { scene, cwds: [scene.cwd], stdin: "none", functions, permits };
  const { verdict } = walk(script.node, place);
  if (verdict.decision !== "allow" || script.literal) return verdict;
  const differs = options.secondOpinion(text, script);
  return differs === undefined ? verdict : ask(`another parser reads it differently: ${differs}`);
}

function permitsNothing(): boolean {
  return false;
}

function guarded(judge: () => ShellVerdict): ShellVerdict {
  try {
    return judge();
  } catch (error) {
    return ask(`it could not be judged: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function walk(node: ShellNode, place: Place): Walked {
  switch (node.kind) {
    case "command":
      return walkCommand(node, place);
    case "sequence":
      return walkSequence(node, place);
    case "subshell":
      return { verdict: walk(node.node, place).verdict, cwds: place.cwds };
    case "branches": {
      const walked = node.nodes.map((branch) => walk(branch, place));
      // A body that runs again starts where it ended.
      const moved = walked.some(({ cwds }) => !sameFolders(cwds, place.cwds));
      const again = moved
        ? node.nodes.map((branch) => walk(branch, { ...place, cwds: undefined }))
        : [];
      return {
        verdict: join([...walked, ...again].map(({ verdict }) => verdict)),
        cwds: moved ? undefined : place.cwds,
      };
    }
    case "pipeline":
      return {
        verdict: join(
          node.nodes.map((member, index) =>
            walkMember(member, { ...place, stdin: index === 0 ? place.stdin : "pipe" }),
          ),
        ),
        cwds: place.cwds,
      };
    case "redirected": {
      const verdicts = node.redirections.flatMap((one) =>
        eachFolder(place.cwds, (cwd) => judgeRedirection(one, { scene: place.scene, cwd })),
      );
      const hasInput = node.redirections.some(({ operator }) => operator.startsWith("<"));
      const inner = walk(node.node, hasInput ? { ...place, stdin: "file" } : place);
      return {
        verdict: join([...nested(node.nested, place), ...verdicts, inner.verdict]),
        cwds: inner.cwds,
      };
    }
    case "function":
      return {
        verdict: join([ask(`it defines a function, ${node.name}`), walk(node.body, place).verdict]),
        cwds: place.cwds,
      };
    case "opaque":
      return {
        verdict: join([ask(node.why), ...node.nodes.map((part) => walk(part, place).verdict)]),
        cwds: undefined,
      };
  }
}

/** A folder changed inside of a pipe is forgotten behind it: whoever writes that means something else. */
function walkMember(node: ShellNode, place: Place): ShellVerdict {
  const { verdict, cwds } = walk(node, place);
  return sameFolders(cwds, place.cwds)
    ? verdict
    : join([verdict, ask("it changes the folder inside of a pipe")]);
}

function walkSequence(
  { nodes, joins }: Extract<ShellNode, { kind: "sequence" }>,
  place: Place,
): Walked {
  const verdicts: ShellVerdict[] = [];
  let { cwds } = place;
  for (const [index, node] of nodes.entries()) {
    const walked = walk(node, { ...place, cwds });
    verdicts.push(walked.verdict);
    // Only what follows `&&` can rely on what it follows.
    cwds =
      joins[index] === "&&" || walked.isSure === true
        ? walked.cwds
        : eitherFolder(cwds, walked.cwds);
  }
  return { verdict: join(verdicts), cwds };
}

function walkCommand(command: SimpleCommand, place: Place): Walked {
  const { scene, cwds } = place;
  const [program] = command.words;
  const hasInput = command.redirections.some(({ operator }) => operator.startsWith("<"));
  const around = [
    ...nested(command.nested, place),
    ...command.assignments.map((one) => judgeAssignment(one, nameOf(program))),
    ...command.redirections.flatMap((one) =>
      eachFolder(cwds, (cwd) => judgeRedirection(one, { scene, cwd })),
    ),
  ];
  if (program === undefined) {
    const isOdd = command.redirections.length > 0;
    return { verdict: join(isOdd ? [...around, ask("a redirection of nothing")] : around), cwds };
  }
  const stdin = hasInput ? "file" : place.stdin;
  if (program.kind === "literal" && place.functions.has(program.text)) {
    return {
      verdict: join([...around, ask(`${program.text} is defined in the script`)]),
      cwds: undefined,
    };
  }
  if (program.kind === "literal" && program.text === "cd") {
    const moved = walkCd(command, place);
    return { ...moved, verdict: join([...around, moved.verdict]) };
  }
  if (place.permits(command)) return { verdict: join(around), cwds };
  const verdicts = eachFolder(cwds, (cwd) => judgeCommand(command, { scene, cwd, stdin }));
  return { verdict: join([...around, ...verdicts]), cwds };
}

/** The program a variable is set for; undefined: it is set for the rest of the script. */
function nameOf(program: ShellWord | undefined): string | undefined {
  if (program === undefined) return undefined;
  return program.kind === "literal" ? program.text : "";
}

/** `cd` to one literal folder inside; afterwards the shell is there. */
function walkCd({ words }: SimpleCommand, { scene, cwds }: Place): Walked {
  const [, first, second, third] = words;
  const target = first?.kind === "literal" && first.text === "--" ? second : first;
  const extra = target === first ? second : third;
  if (target?.kind !== "literal" || extra !== undefined) {
    return { verdict: ask("cd to a folder that is not named"), cwds: undefined };
  }
  if (target.text.startsWith("-") || target.text === "") {
    return { verdict: ask(`cd ${target.text}`), cwds: undefined };
  }
  const verdicts: ShellVerdict[] = [];
  const folders: string[] = [];
  let isSure = true;
  for (const cwd of cwds ?? [undefined]) {
    const to = changeFolder(scene, cwd, target.text);
    if (to.kind === "unknown")
      return { verdict: ask(`nobody knows where ${to.why} leads`), cwds: undefined };
    verdicts.push(judgeRead(to.path, { scene, cwd }));
    folders.push(to.path);
    isSure &&= to.entry === "folder";
  }
  return { verdict: join(verdicts), cwds: [...new Set(folders)], isSure };
}

function nested(nodes: readonly ShellNode[], place: Place): readonly ShellVerdict[] {
  return nodes.map((node) => walk(node, place).verdict);
}

function eachFolder(
  cwds: Place["cwds"],
  judge: (cwd: string | undefined) => ShellVerdict,
): readonly ShellVerdict[] {
  return (cwds ?? [undefined]).map((cwd) => judge(cwd));
}

function eitherFolder(one: Place["cwds"], other: Place["cwds"]): Place["cwds"] {
  if (one === undefined || other === undefined) return undefined;
  const both = [...new Set([...one, ...other])];
  return both.length > cwdsMax ? undefined : both;
}

function sameFolders(one: Place["cwds"], other: Place["cwds"]): boolean {
  return one?.join("\0") === other?.join("\0");
}

function functionNames(node: ShellNode): readonly string[] {
  switch (node.kind) {
    case "command":
      return node.nested.flatMap(functionNames);
    case "function":
      return [node.name, ...functionNames(node.body)];
    case "subshell":
      return functionNames(node.node);
    case "redirected":
      return [node.node, ...node.nested].flatMap(functionNames);
    default:
      return node.nodes.flatMap(functionNames);
  }
}
