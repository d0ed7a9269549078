import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { JournalEntry } from "../../src/model/event.ts";
import { story } from "./run-story.ts";
import { git, tempRepo, writeFiles } from "./temp-repo.ts";

export const storyRun = "261123-120000-abcd";

export interface StoredStory {
  readonly repo: string;
  readonly base: string;
  /** What the run made of it. */
  readonly result: string;
}

/** A repository in which the story's run has ended: `src/a.ts` changed, `src/new.ts` added, on a branch of its own. */
export function storedStory(): StoredStory {
  const repo = tempRepo({
    "src/a.ts": "one\ntwo\nthree\n",
    "src/b.ts": "b\n",
    ".gitignore": "*.log\n",
  });
  const base = git(repo, "rev-parse", "HEAD").trim();
  git(repo, "switch", "--quiet", "--create", `skein/${storyRun}`);
  writeFiles(repo, { "src/a.ts": "one\n2\nthree\n", "src/new.ts": "new\n", "out.log": "made\n" });
  git(repo, "add", "--force", "src", "out.log");
  git(repo, "commit", "--quiet", "--message=the work");
  const result = git(repo, "rev-parse", "HEAD").trim();
  git(repo, "switch", "--quiet", "main");
  writeJournal(repo, story, { base, result });
  return { repo, base, result };
}

/** Writes a journal as a run would, with the story's made-up commits replaced by real ones. */
export function writeJournal(
  repo: string,
  entries: readonly JournalEntry[],
  commits: { readonly base: string; readonly result: string },
): string {
  const folder = join(repo, ".skein", "runs", storyRun);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(repo, ".skein", "runs", ".gitignore"), "*\n");
  const text = entries
    .map((entry) => `${JSON.stringify(entry)}\n`)
    .join("")
    .replaceAll("1".repeat(40), commits.base)
    .replaceAll("2".repeat(40), commits.result);
  writeFileSync(join(folder, "journal.jsonl"), text);
  return folder;
}
