import { readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

import { formatDiagnostics, type Paint } from "../../core/plan/format-diagnostics.ts";
import { shownCount } from "../../core/report/figures.ts";
import { checkRows } from "../../core/repos/check-rows.ts";
import { queryCommand, queryRows } from "../../core/repos/query.ts";
import { readRepoList } from "../../core/repos/read-list.ts";
import { selectRepos } from "../../core/repos/select-repos.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import { failure } from "../../model/failure.ts";
import type { Repo, RepoRow, RepoSpec } from "../../model/repo.ts";
import { err, ok, type Result } from "../../model/result.ts";
import { runTool } from "../hosting/run-tool.ts";
import { lookAtFolder } from "./look-at-folder.ts";

export interface RepoQuestion {
  readonly spec: RepoSpec;
  /** Folder of the plan: its lists, and the paths in it, are beside it. */
  readonly folder: string;
  /** A list from the command line, in place of where the plan finds its repositories. */
  readonly list: string | undefined;
  readonly only: readonly string[];
  readonly paint: Paint;
  readonly signal: AbortSignal;
}

export interface FoundRepos {
  readonly repos: readonly Repo[];
  /** For people. */
  readonly notes: readonly string[];
}

/** A list, and what is wrong in it. */
interface ReadList {
  readonly file: string;
  readonly text: string;
  readonly rows: readonly RepoRow[];
  readonly problems: readonly Diagnostic[];
}

/**
 * The repositories of a run, from wherever its plan and its command line say. What is wrong is told all at once, each
 * with file and line. Reaches the network only for a query.
 */
export async function readRepos(question: RepoQuestion): Promise<Result<FoundRepos>> {
  const lists = await listsOf(question);
  if (!lists.ok) return lists;
  const folders = new Map(lists.value.map(({ file }) => [file, dirname(resolve(file))]));
  const { repos, problems } = checkRows(
    lists.value.flatMap(({ rows }) => rows),
    {
      folderOf: ({ from }) => folders.get(from) ?? question.folder,
      look: lookAtFolder,
    },
  );
  const wrong = lists.value.flatMap(({ file, text, rows, problems: unread }) => {
    const ofRows = problems.flatMap(({ row, problem }) =>
      rows.includes(row) ? [diagnosticOf(row, problem)] : [],
    );
    const all = [...unread, ...ofRows].toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0));
    return all.length === 0 ? [] : [{ file, text, all }];
  });
  if (wrong.length > 0) {
    const { paint } = question;
    const detail = wrong.map(({ file, text, all }) =>
      formatDiagnostics(all, { file, text, paint }),
    );
    const count = wrong.reduce((sum, { all }) => sum + all.length, 0);
    const message = `the list of repositories has ${shownCount(count, "problem")}; nothing was run`;
    return err(failure("plan-invalid", message, { detail: detail.join("\n\n") }));
  }
  return select(repos, question);
}

function select(repos: readonly Repo[], { spec, only }: RepoQuestion): Result<FoundRepos> {
  const { include, exclude } = spec;
  const selected = selectRepos(repos, { include, exclude, only });
  const notes = selected.unmatched.map((glob) => `no repository is called ${JSON.stringify(glob)}`);
  if (selected.repos.length > 0) return ok({ repos: selected.repos, notes });
  const why = repos.length === 0 ? "the list of repositories is empty" : "no repository is left";
  return err(
    failure("usage", [`${why}; nothing was run`, ...notes].join(": "), {
      hint:
        repos.length === 0 ? undefined : "see include, exclude and --only: skein repos lists names",
    }),
  );
}

function diagnosticOf(
  row: RepoRow,
  problem: Pick<Diagnostic, "code" | "message" | "expected">,
): Diagnostic {
  const { line, column = 1, text } = row;
  const place = line === undefined ? {} : { line, column, endColumn: column + text.length };
  return { severity: "error", path: "", ...place, ...problem };
}

async function listsOf(question: RepoQuestion): Promise<Result<readonly ReadList[]>> {
  const { spec, folder, list } = question;
  if (list !== undefined) {
    const read = readListFile(list, list);
    return read.ok ? ok([read.value]) : read;
  }
  const inline = spec.list.map((entry): RepoRow => ({ ...entry, from: "the plan" }));
  const lists: ReadList[] = [{ file: "the plan", text: "", rows: inline, problems: [] }];
  if (spec.file !== undefined) {
    const read = readListFile(join(folder, spec.file), join(folder, spec.file));
    if (!read.ok) return read;
    lists.push(read.value);
  }
  if (spec.query !== undefined) {
    const asked = await ask(spec.query, question);
    if (!asked.ok) return asked;
    const file = asked.value[0]?.from ?? spec.via;
    lists.push({ file, text: "", rows: asked.value, problems: [] });
  }
  return ok(lists);
}

/** Larger ones are no list of repositories. */
const bytesMax = 8 * 1024 * 1024;

function readListFile(path: string, shown: string): Result<ReadList> {
  try {
    const info = statSync(path);
    if (!info.isFile() || info.size > bytesMax) {
      return err(failure("usage", `${shown} is not a list of repositories`));
    }
    const text = readFileSync(path, "utf8");
    const rows = readRepoList(shown, text);
    return ok({
      file: shown,
      text,
      rows: rows.ok ? rows.value : [],
      problems: rows.ok ? [] : rows.error,
    });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const said = code === "ENOENT" ? "there is no such file" : message;
    return err(failure("usage", `the list ${shown} cannot be read: ${said}`));
  }
}

async function ask(
  query: string,
  { spec: { via }, signal }: RepoQuestion,
): Promise<Result<readonly RepoRow[]>> {
  const answer = await runTool({ argv: queryCommand(query, via), signal });
  if (!answer.ok) return answer;
  const { exitCode, stdout, stderr } = answer.value;
  if (exitCode !== 0) {
    const said = stderr.trim().split("\n").at(-1) ?? "";
    return err(
      failure("usage", `${via} could not search for ${JSON.stringify(query)}: ${said}`, {
        hint: `see ${via} auth status`,
      }),
    );
  }
  const rows = queryRows(stdout, { query, via });
  return rows.ok ? rows : err(failure("usage", rows.error));
}
