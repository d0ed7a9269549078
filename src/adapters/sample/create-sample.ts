import { mkdir, readdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

import { failure } from "../../model/failure.ts";
import { err, ok, type Result } from "../../model/result.ts";
import { createGit, type Git } from "../git/git.ts";
import { sampleFiles, samplePackages } from "./sample-files.ts";

export interface Sample {
  readonly files: number;
  readonly packages: number;
}

/** Commits in the order the workspace might have grown; paths not named before come with the last one. */
const history: readonly { readonly subject: string; readonly packages: readonly string[] }[] = [
  { subject: "Money, units and days", packages: ["money", "units", "calendar"] },
  { subject: "Read what customers send, find the way", packages: ["manifest", "routing"] },
  { subject: "Keep records, write invoices", packages: ["store", "billing"] },
  { subject: "A service and a command line", packages: ["http", "cli"] },
];

/**
 * Writes the sample workspace "gander" into an empty or missing folder and commits it: the same files, authors and
 * dates everywhere, so that the commit hashes are the same too.
 */
export async function createSample(folder: string): Promise<Result<Sample>> {
  await mkdir(folder, { recursive: true });
  if ((await readdir(folder)).length > 0) {
    return err(
      failure("io", `${folder} is not empty`, { hint: "name a new folder for the sample" }),
    );
  }
  const files = sampleFiles();
  for (const [path, text] of files) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text, { mode: path.includes("/bin/") ? 0o755 : 0o644 });
  }
  const committed = await commitHistory(createGit(folder));
  return committed.ok ? ok({ files: files.size, packages: samplePackages.length }) : committed;
}

async function commitHistory(git: Git): Promise<Result<void>> {
  const steps: string[][] = [
    ["init", "--quiet", "--initial-branch=main"],
    ["config", "user.name", "Gander Sample"],
    ["config", "user.email", "gander@localhost"],
    ["config", "core.autocrlf", "false"],
    ...history.flatMap(({ subject, packages }) => [
      ["add", "--", ...packages.map((name) => `packages/${name}`)],
      ["commit", "--quiet", "--message", subject],
    ]),
    ["add", "--all"],
    ["commit", "--quiet", "--message", "Guides, documents and tools"],
  ];
  for (const [index, args] of steps.entries()) {
    const done = await git.run(args, { env: dated(index) });
    if (!done.ok) return done;
  }
  return ok(undefined);
}

/** A fixed hour per step. */
function dated(step: number): Readonly<Record<string, string>> {
  const date = `2026-03-02T${String(8 + step).padStart(2, "0")}:00:00+00:00`;
  const author = { GIT_AUTHOR_NAME: "Gander Sample", GIT_AUTHOR_EMAIL: "gander@localhost" };
  const committer = {
    GIT_COMMITTER_NAME: "Gander Sample",
    GIT_COMMITTER_EMAIL: "gander@localhost",
  };
  return { ...author, ...committer, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
}
