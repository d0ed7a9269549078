import type { PublishTarget, PublishWish } from "../../model/publish.ts";
import { locationOf } from "../repos/location-of.ts";
import { hostedRepoOf, openLine } from "./pull-request.ts";

/** Everything that would leave the machine, for people: the branch, the commands word for word, the texts. */
export function shownPublish(
  target: PublishTarget,
  wish: PublishWish,
  how: "push" | "append" | "done",
): string {
  const { repo, address, base, commit, baseBranch } = target;
  const { branch, pr, via } = wish;
  const short = `${commit.slice(0, 12)} on ${base.slice(0, 12)}`;
  const verb = { push: "push", append: "append to", done: "leave as it is" }[how];
  const head = `${repo}: ${verb} ${branch} (${short})`;
  if (via === "patch") return `${repo}: write a patch for ${branch} (${short})`;
  const push = ["git", "push", locationOf(address), `${commit}:refs/heads/${branch}`];
  const pushed = how === "done" ? [] : [commandLine(push)];
  if (pr === "none") return [head, ...pushed].join("\n");
  const { argv, input } = openLine(hostedRepoOf(address, wish), wish, baseBranch);
  const body = input === undefined ? [] : input.split("\n").map((line) => `  | ${line}`);
  const kind = pr === "draft" ? "a draft" : "a pull request";
  return [head, ...pushed, `  ${kind}: ${wish.title}`, commandLine(argv), ...body].join("\n");
}

function commandLine(argv: readonly string[]): string {
  const words = argv.map((word) =>
    /^[\w.,:/@=-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`,
  );
  return `  $ ${words.join(" ")}`;
}
