import { failure } from "../../model/failure.ts";
import type { CommitId } from "../../model/ids.ts";
import { err, ok, type Result } from "../../model/result.ts";
import { inherited } from "../git/git-environment.ts";
import { createGit, type Git } from "../git/git.ts";

/** The person's own settings about signatures; empty when they do not sign. */
export type Signing = Readonly<Record<string, string>>;

/** Read outside of any repository: what a repository says of programs to sign with does not count. */
export async function readSigning(): Promise<Signing> {
  const pattern = "^(commit\\.gpgsign|user\\.signingkey|gpg\\..*)$";
  const outside = createGit("/");
  // Without ours, which switch signatures off.
  const env = { GIT_CONFIG_COUNT: "0" };
  const found = await outside.try(["config", "-z", "--get-regexp", pattern], { env });
  const settings = found.stdout.split("\0").flatMap((entry) => {
    const [key = "", ...value] = entry.split("\n");
    return key === "" ? [] : [[key, value.join("\n")] as const];
  });
  const known = Object.fromEntries(settings);
  return isOn(known["commit.gpgsign"]) ? known : {};
}

function isOn(value: string | undefined): boolean {
  return value !== undefined && /^(?:true|yes|on|1|)$/i.test(value);
}

/** The commit with the person's signature, all else as it was; itself when they do not sign. */
export async function signCommit(
  store: string,
  commit: CommitId,
  signing: Signing,
): Promise<Result<CommitId>> {
  if (Object.keys(signing).length === 0) return ok(commit);
  // A later setting takes the place of a neutral one whatever its letters' case, so both are given in git's own.
  const git = createGit(store, { ...programsOf(signing), ...signing });
  const read = await git.run(["cat-file", "commit", commit]);
  if (!read.ok) return read;
  const env = inherited(["GNUPGHOME", "GPG_TTY", "SSH_AUTH_SOCK", "GPG_AGENT_INFO"]);
  const made = await writeCommit(git, parseCommit(read.value), { sign: true, env });
  if (made.ok) return made;
  return err(
    failure("git", `the commit could not be signed: ${made.error.message}`, {
      hint: "commit.gpgsign is set in your git configuration: see that git commit -S works by hand",
    }),
  );
}

/** Where the person names no program, git's own default stands, not the neutral one. */
function programsOf(signing: Signing): Signing {
  const { "gpg.program": gpg = "gpg", ...rest } = signing;
  return {
    "gpg.program": gpg,
    "gpg.openpgp.program": rest["gpg.openpgp.program"] ?? gpg,
    "gpg.x509.program": rest["gpg.x509.program"] ?? "gpgsm",
    "gpg.ssh.program": rest["gpg.ssh.program"] ?? "ssh-keygen",
  };
}

export interface CommitText {
  readonly tree: string;
  readonly parents: readonly string[];
  /** git's own form: `Name <mail> seconds zone`. */
  readonly author: string;
  readonly committer: string;
  readonly message: string;
}

/** The text of a commit object; signatures and the like are left behind. */
export function parseCommit(text: string): CommitText {
  const end = text.indexOf("\n\n");
  const lines = text.slice(0, end).split("\n");
  const valuesOf = (key: string): readonly string[] =>
    lines.flatMap((line) => (line.startsWith(`${key} `) ? [line.slice(key.length + 1)] : []));
  const [tree = ""] = valuesOf("tree");
  const [author = ""] = valuesOf("author");
  const [committer = author] = valuesOf("committer");
  return { tree, parents: valuesOf("parent"), author, committer, message: text.slice(end + 2) };
}

export async function writeCommit(
  git: Git,
  { tree, parents, author, committer, message }: CommitText,
  how: { readonly sign: boolean; readonly env?: Readonly<Record<string, string>> },
): Promise<Result<CommitId>> {
  const args = [
    "commit-tree",
    ...(how.sign ? ["-S"] : ["--no-gpg-sign"]),
    ...parents.flatMap((parent) => ["-p", parent]),
    "-F",
    "-",
    tree,
  ];
  const env = { ...how.env, ...identity("AUTHOR", author), ...identity("COMMITTER", committer) };
  const made = await git.run(args, { input: message, env });
  return made.ok ? ok(made.value.trim() as CommitId) : made;
}

function identity(who: "AUTHOR" | "COMMITTER", text: string): Readonly<Record<string, string>> {
  const [, name = "", mail = "", when = ""] = /^(.*?) ?<([^>]*)> (\d+ [+-]\d{4})$/.exec(text) ?? [];
  return {
    [`GIT_${who}_NAME`]: name,
    [`GIT_${who}_EMAIL`]: mail,
    [`GIT_${who}_DATE`]: when,
  };
}
