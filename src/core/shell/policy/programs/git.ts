import type { ShellWord, SimpleCommand } from "../../script.ts";
import { allowed, ask, join, type ShellVerdict } from "../../verdict.ts";
import { judgeByPolicy } from "../judge-by-policy.ts";
import { judgeValue } from "../judge-value.ts";
import { shown } from "../parse-call.ts";
import type { CommandPlace, ProgramPolicy } from "../program-policy.ts";
import { gitVerbs } from "./git-verbs.ts";

/** Options before the verb that change nothing but what is shown. */
const globalFlags: ReadonlySet<string> = new Set([
  "--no-pager",
  "--no-replace-objects",
  "--literal-pathspecs",
  "--no-optional-locks",
]);

function judgeGit(command: SimpleCommand, place: CommandPlace): ShellVerdict {
  const words = command.words.slice(1);
  let here = place;
  let at = 0;
  const verdicts: ShellVerdict[] = [];
  for (; at < words.length; at++) {
    const word = words[at];
    if (word?.kind !== "literal") return ask("git with a verb that nobody knows");
    if (globalFlags.has(word.text)) continue;
    if (word.text !== "-C") break;
    const folder = words[++at];
    if (folder?.kind !== "literal") return ask("git -C into a folder that nobody knows");
    verdicts.push(judgeValue(folder, "path", here));
    here = { ...here, cwd: folderOf(folder.text, here) };
  }
  const verb = words[at];
  if (verb?.kind !== "literal") return ask("git without a verb");
  if ((verb.text === "--version" || verb.text === "version") && at === words.length - 1)
    return allowed;
  if (verb.text === "help" && at === words.length - 1) return allowed;
  const [second] = words.slice(at + 1);
  const ofBoth =
    second?.kind === "literal" ? gitVerbs.get(`${verb.text} ${second.text}`) : undefined;
  const policy = ofBoth ?? gitVerbs.get(verb.text);
  if (policy === undefined) return ask(`git ${verb.text} does more than look`);
  if (here.cwd === undefined) return ask("git in a folder that nobody knows");
  const hazard = here.scene.gitHazard(here.cwd);
  const rest = words.slice(at + (ofBoth === undefined ? 1 : 2));
  return join([
    ...verdicts,
    hazard === undefined ? allowed : ask(`git here may run something: ${hazard}`),
    ...rest.filter(isLong).map(judgeLength),
    judgeByPolicy(policy, rest, here),
  ]);
}

function folderOf(text: string, { cwd }: CommandPlace): string | undefined {
  if (text.startsWith("/")) return text;
  return cwd === undefined || text.includes("..") ? undefined : `${cwd}/${text}`;
}

/** git takes any unambiguous beginning of a long option; only whole ones are known, and parseCall sees to that. */
function isLong(word: ShellWord): boolean {
  return word.kind === "literal" && word.text.length > 2_000;
}

function judgeLength(word: ShellWord): ShellVerdict {
  return ask(`git with a very long word, ${shown(word).slice(0, 20)}…`);
}

export const gitPolicies: readonly ProgramPolicy[] = [
  {
    names: ["git"],
    noPatterns: true,
    operands: "none",
    judge: judgeGit,
    allow: [
      "git status",
      "git --no-pager log --oneline -5",
      "git -C packages diff --stat",
      "git --version",
      "git stash list",
      "git stash show -p stash@{0}",
      "git remote -v",
      "git worktree list --porcelain",
      "git status -uno",
      "git show HEAD:src/app.ts",
      "git diff -- 'src/*' '*.ts' 'src/(group)/a.ts' ':!package-lock.json'",
      "git log --exclude=x --pretty=oneline -L1,5:src/app.ts",
    ],
    notAllow: [
      "git -c core.pager=sh log",
      "git --exec-path=. status",
      "git -p log",
      "git commit -m x",
      "git --git-dir=x status",
      "git push",
      "git diff --output=x",
      "git log --outpu=x",
      "git grep -Osh x",
      "git show --pretty HEAD:.env",
      "git show :0:credentials.json",
      "git show 'HEAD^{/a b}:credentials.json'",
      "git log -p -- ':(top).env'",
      "git log -L1,5:.env",
      "git show HEAD -- '.en?'",
      "git log -p -- ':(glob)**/.env*'",
      "git diff -- 'secret[s]/prod.json'",
      "git config list",
      "git config edit",
      "git stash -p list",
      "git stash drop",
      "git stash",
      "git remote update",
      "git worktree prune",
      "git submodule summary",
      "git merge-tree HEAD HEAD",
      "git bundle create x HEAD",
      "git ls-remote",
      "git -C / status",
    ],
  },
];
