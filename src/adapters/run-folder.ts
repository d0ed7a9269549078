import { constants } from "node:fs";
import { lstat, mkdir, open, readdir, realpath, rm, writeFile } from "node:fs/promises";
import { join, sep } from "node:path";

import { unitSlug } from "../core/plan/unit-slug.ts";
import { cleanWith } from "../core/secrets/redact-value.ts";
import { failure } from "../model/failure.ts";
import type { RunId, UnitId } from "../model/ids.ts";
import { err, ok, type Result } from "../model/result.ts";
import type { RunFiles } from "../ports/run-files.ts";
import { readDurations, writeDurations } from "./durations-file.ts";
import { keptBaselines } from "./kept-baselines.ts";
import { makeFolder } from "./make-folder.ts";

/** Largest output file read, in bytes: reports of large test suites have several megabytes. */
const outputBytesMax = 32 * 1024 * 1024;

export interface RunFolder extends RunFiles {
  /** Absolute path of `.skein/runs/<id>`. */
  readonly path: string;
  readonly journalFile: string;
  write(name: string, text: string): Promise<void>;
  /** Nobody goes on with the run's agents any more: what their worktrees once were is of no use. */
  dropSnapshots(): Promise<void>;
}

const ignoreFile = ".gitignore";
const overNoLink =
  constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | constants.O_NOFOLLOW;
/** In `.skein`, what runs write into or over. */
const written = [".", "runs", `runs/${ignoreFile}`, "runs/published.jsonl"];

/** The repository may bring any of it as a link to anywhere: what is behind one is never written. */
export async function checkRunsFolder(repo: string): Promise<Result<void>> {
  for (const name of written) {
    const path = join(repo, ".skein", name);
    const info = await lstat(path).catch(() => undefined);
    if (info?.isSymbolicLink() !== true) continue;
    return err(
      failure("usage", `${path} is a symbolic link; runs follow none`, {
        hint: "remove it: it may have come with the repository",
      }),
    );
  }
  return ok(undefined);
}

/**
 * The run's folder inside the repository's `.skein/runs`. A `.gitignore` in there keeps it out of the user's
 * `git status` without touching any file of theirs. What is written loses its secrets, `known` ones by value; not so
 * patches, which are the work itself.
 */
export async function openRunFolder(
  repo: string,
  run: RunId,
  known: readonly string[] = [],
): Promise<RunFolder> {
  const clean = cleanWith(known);
  const runs = join(repo, ".skein", "runs");
  const path = join(runs, run);
  await makeFolder(path);
  await writeFile(join(runs, ignoreFile), "*\n", { flag: overNoLink });
  const logs = new Map<string, number>();

  async function keep(folder: string, name: string, text: string): Promise<string> {
    await mkdir(join(path, folder), { recursive: true });
    await writeFile(join(path, folder, name), text, { mode: 0o600 });
    return `${folder}/${name}`;
  }

  return {
    path,
    journalFile: join(path, "journal.jsonl"),
    write: async (name, text) => {
      await keep(".", name, clean(text));
    },
    dropSnapshots: () => rm(join(path, "snapshots"), { recursive: true, force: true }),
    makeOutDir: async (unit, attempt) => {
      const dir = join(path, "out", `${unitSlug(unit)}-${attempt}`);
      await rm(dir, { recursive: true, force: true });
      await mkdir(dir, { recursive: true });
      return dir;
    },
    ...keptBaselines(path, clean),
    readOutput,
    outputFiles,
    writeOutput: (outDir, file, text) => writeFile(join(outDir, file), text),
    transcriptFile: async (unit, attempt, name) => {
      const folder = join(path, "transcripts");
      await mkdir(folder, { recursive: true, mode: 0o700 });
      return join(
        folder,
        `${unitSlug(unit)}-${attempt}${name === "" ? "" : `-${unitSlug(name as UnitId)}`}.jsonl`,
      );
    },
    writeLog: async (unit, output) => {
      const slug = unitSlug(unit);
      const count = (logs.get(slug) ?? 0) + 1;
      logs.set(slug, count);
      return keep("logs", `${slug}-${count}.log`, clean(output));
    },
    durations: () => readDurations(runs),
    keepDurations: (durations) => writeDurations(runs, { run, durations }),
    writeMail: (unit, mail) => keep("publish", `${unitSlug(unit)}.patch`, mail),
    writePatch: (unit, attempt, diff) =>
      keep("patches", `${unitSlug(unit)}-${attempt}.patch`, diff),
  };
}

async function outputFiles(outDir: string): Promise<ReadonlyMap<string, string>> {
  const found = await readdir(outDir, { withFileTypes: true }).catch(() => []);
  const files = found.filter((entry) => entry.isFile()).map((entry) => entry.name);
  const stamped = await Promise.all(
    files.map(async (name) => {
      const info = await lstat(join(outDir, name), { bigint: true }).catch(() => undefined);
      return [name, `${info?.mtimeNs}-${info?.size}`] as const;
    }),
  );
  return new Map(stamped);
}

/** The folder was written by commands of the repository: a link in it may point anywhere, a file may be a pipe. */
async function readOutput(outDir: string, file: string): Promise<Result<string | undefined>> {
  try {
    const target = await realpath(join(outDir, file));
    if (!target.startsWith(`${await realpath(outDir)}${sep}`)) {
      return err(failure("output", `${file} leads out of $SKEIN_OUT`));
    }
    await using handle = await open(target, constants.O_RDONLY | constants.O_NONBLOCK);
    const info = await handle.stat();
    if (!info.isFile()) return err(failure("output", `${file} in $SKEIN_OUT is not a plain file`));
    if (info.size > outputBytesMax) {
      return err(
        failure(
          "output",
          `${file} in $SKEIN_OUT has ${info.size} bytes, more than ${outputBytesMax}`,
        ),
      );
    }
    return ok(await handle.readFile("utf8"));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return ok(undefined);
    return err(failure("output", `${file} in $SKEIN_OUT cannot be read: ${message}`));
  }
}
