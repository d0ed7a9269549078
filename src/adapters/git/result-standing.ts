import type { Git } from "./git.ts";
import { hasTaken } from "./has-taken.ts";

/** Branches of a person's own that are looked into, the newest first. */
const branchesMax = 10;

/**
 * How the result of a run stands: `gone`, a person has removed its branch; `taken`, it is in a branch of the person's own as it is,
 * squashed, or rebased. What cannot be told waits.
 */
export async function resultStanding(
  git: Git,
  { branch, commit }: { readonly branch: string; readonly commit: string },
): Promise<"waiting" | "taken" | "gone"> {
  const named = await git.try(["for-each-ref", "--format=%(refname)", `refs/heads/${branch}`]);
  if (named.exitCode !== 0) return "waiting";
  if (!named.stdout.split("\n").includes(`refs/heads/${branch}`)) return "gone";
  const holding = await ownBranches(git, [`--contains=${commit}`]);
  if (holding === undefined) return "waiting";
  if (holding.length > 0) return "taken";
  const made = await git.try(["show", "--no-patch", "--format=%ct", commit]);
  const others =
    (await ownBranches(git, ["--sort=-committerdate", `--no-contains=${commit}`])) ?? [];
  // Nobody took it into what is older than it is.
  const younger = others.filter(({ at }) => at >= Number(made.stdout));
  for (const { ref } of younger.slice(0, branchesMax))
    if (await hasTaken(git, { commit, branch: ref })) return "taken";
  return "waiting";
}

/** Without Skein's. `at`: when its last commit was made, in seconds. Undefined: git cannot say. */
async function ownBranches(
  git: Git,
  which: readonly string[],
): Promise<readonly { readonly ref: string; readonly at: number }[] | undefined> {
  const format = "--format=%(committerdate:unix) %(refname)";
  const told = await git.try(["for-each-ref", format, ...which, "refs/heads"]);
  if (told.exitCode !== 0) return undefined;
  return told.stdout.split("\n").flatMap((line) => {
    const [at = "", ref = ""] = line.split(" ");
    return ref === "" || ref.startsWith("refs/heads/skein/") ? [] : [{ ref, at: Number(at) }];
  });
}
