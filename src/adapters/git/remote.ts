import { gitTroubleOf, troubleHint } from "../../core/repos/git-trouble.ts";
import { locationOf } from "../../core/repos/location-of.ts";
import { failure } from "../../model/failure.ts";
import type { CommitId } from "../../model/ids.ts";
import type { RepoAddress } from "../../model/repo.ts";
import { err, ok, type Result } from "../../model/result.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Scheme } from "./git-environment.ts";
import { createRemoteGit, type Git, type GitAnswer, type GitOptions } from "./git.ts";

/** Longest a fetch may take; `http.lowSpeedTime` ends one that stands still much earlier. */
const callMs = 30 * 60_000;

export interface RetryOptions {
  readonly clock: Pick<Clock, "sleep">;
  /** Attempts after the first. */
  readonly max: number;
  /** Wait before the first of them, doubled for each that follows. */
  readonly backoffMs: number;
  readonly signal: AbortSignal;
}

/** Git for a remote address, in a folder that Skein alone writes. */
export function gitFor(address: RepoAddress, cwd: string): Git {
  return createRemoteGit(cwd, address.kind === "folder" ? "file" : schemeOf(address.url));
}

function schemeOf(url: string): Scheme {
  const scheme = /^([a-z]+):\/\//i.exec(url)?.[1]?.toLowerCase();
  return scheme === "https" || scheme === "http" || scheme === "file" ? scheme : "ssh";
}

/** A git call that reaches a server, again as long as what keeps it from succeeding may pass. */
export async function reach(
  git: Git,
  args: readonly string[],
  options: GitOptions & { readonly retry: RetryOptions },
): Promise<Result<string>> {
  const { retry, ...rest } = options;
  const call = { timeoutMs: callMs, ...rest, signal: retry.signal };
  const answer = await whilePassing(retry, async () => ok(await git.try(args, call)));
  if (!answer.ok) return answer;
  return answer.value.exitCode === 0
    ? ok(answer.value.stdout)
    : err(remoteFailure(args, answer.value, retry.signal));
}

/** The last answer of a tool that reaches a server, asked again as long as what it says may pass. */
export async function whilePassing<Answer extends Pick<GitAnswer, "exitCode" | "stderr">>(
  { clock, max, backoffMs, signal }: RetryOptions,
  ask: () => Promise<Result<Answer>>,
): Promise<Result<Answer>> {
  for (let attempt = 0; ; attempt++) {
    const answer = await ask();
    if (!answer.ok || answer.value.exitCode === 0) return answer;
    const passes = gitTroubleOf(answer.value.stderr) === "passing";
    if (!passes || attempt === max || signal.aborted) return answer;
    await clock.sleep(backoffMs * 2 ** attempt, signal);
  }
}

function remoteFailure(
  args: readonly string[],
  { stderr }: GitAnswer,
  signal: AbortSignal,
): ReturnType<typeof failure> {
  const verb = args.find((arg) => !arg.startsWith("-"));
  if (signal.aborted) return failure("cancelled", `git ${verb} was stopped`);
  const lines = stderr.trim().split("\n");
  const last = lines.findLast((line) => /^(?:fatal|error|remote): /.test(line)) ?? lines.at(-1);
  const hint = troubleHint(gitTroubleOf(stderr));
  const said = (last ?? "").replace(/^(?:fatal|error): /, "");
  return failure("git", `git ${verb}: ${said === "" ? "failed" : said}`, {
    hint,
    detail: lines.slice(-8).join("\n"),
  });
}

export interface RemoteHead {
  readonly commit: CommitId;
  /** Its branch or tag, `refs/…`; undefined for a detached HEAD or a bare commit. */
  readonly ref?: string;
}

/** What a branch, a tag, or else its HEAD points at now; undefined: there is none, or the repository is empty. */
export async function lookUpRemote(
  address: RepoAddress,
  base: string | undefined,
  at: { readonly cwd: string; readonly retry: RetryOptions },
): Promise<Result<RemoteHead | undefined>> {
  const names =
    base === undefined
      ? ["HEAD"]
      : [`refs/heads/${base}`, `refs/tags/${base}`, `refs/tags/${base}^{}`];
  const args = ["ls-remote", "--quiet", "--symref", "--", locationOf(address), ...names];
  const listed = await reach(gitFor(address, at.cwd), args, { retry: at.retry });
  return listed.ok ? ok(headOf(listed.value, names)) : listed;
}

function headOf(listed: string, names: readonly string[]): RemoteHead | undefined {
  const rows = listed.split("\n").map((line) => line.split("\t"));
  const symbolic = rows.find(([what]) => what?.startsWith("ref: ") === true)?.[0]?.slice(5);
  const commits = new Map(
    rows.flatMap(([hash = "", ref = ""]) => (/^[0-9a-f]{40,64}$/.test(hash) ? [[ref, hash]] : [])),
  );
  // A tag's commit stands behind the tag itself; a branch comes before a tag of the same name.
  const [first, tag, behindTag] = names;
  const name = [first, behindTag, tag].flatMap((one) => one ?? []).find((one) => commits.has(one));
  if (name === undefined) return undefined;
  const ref = name === "HEAD" ? symbolic : name.replace("^{}", "");
  return { commit: commits.get(name) as CommitId, ...(ref === undefined ? {} : { ref }) };
}
