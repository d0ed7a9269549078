import { askAll } from "./ask.ts";
import type { Order } from "./change.ts";
import { resolveFile } from "./conflicts/resolve-file.ts";
import type { ContractText } from "./contract-text.ts";
import type { Answer, Call, Say, Talk } from "./conversation.ts";
import type { Apply } from "./convert.ts";
import { editCalls } from "./edit-calls.ts";
import { gatherFacts } from "./facts.ts";
import { readWhole } from "./read-files.ts";
import { scopeFolders } from "./scope-folders.ts";
import { search } from "./search.ts";
import { submit } from "./submit.ts";
import { understand } from "./understand.ts";

/** Markers that cannot be anything else; `=======` also underlines headings. */
const marker = "^(<<<<<<<|>>>>>>>)( |$)";

/** A reducer's whole life: find the markers, settle each file as a whole, look again, deliver. */
export function* reducer(contract: ContractText, apply: Apply): Talk<Say> {
  const before = yield* search(marker, scopeFolders(contract.writeScope));
  const paths = [...new Set(before.hits.map(({ path }) => path))].toSorted();
  if (paths.length === 0)
    return submit({ status: "failed", summary: "no file with conflict markers was found" });
  const { files, unread } = yield* readWhole(paths);
  const orders = ordersIn(contract.task);
  const facts = yield* gatherFacts(files, orders);
  const problems = unread.map((path) => `${path} could not be read`);
  const calls: Call[] = [];
  for (const file of files) {
    const resolved = resolveFile(file, (side) => apply(side, orders, facts).text);
    if (!resolved.ok) {
      problems.push(`${file.path}: ${resolved.error}`);
      continue;
    }
    const edits = editCalls(file.path, { before: file.text, after: resolved.value }, []);
    if (edits === undefined) problems.push(`${file.path} could not be edited`);
    calls.push(...(edits ?? []));
  }
  if (problems.length > 0) {
    return submit({
      status: "failed",
      summary: `the rules cannot settle this conflict: ${problems[0]}`,
      openIssues: problems.slice(1),
    });
  }
  const answers = yield* askAll(`settling ${files.length} files`, calls);
  const after = yield* search(marker, scopeFolders(contract.writeScope));
  const failed = answers.find(({ isError }) => isError);
  if (failed !== undefined || after.hits.length > 0) {
    const why = failed === undefined ? "a marker is left" : firstLine(failed);
    return submit({ status: "failed", summary: `the files could not be settled: ${why}` });
  }
  return submit({
    status: "done",
    summary: `settled the conflicts in ${files.length} file${files.length === 1 ? "" : "s"}; both sides' changes are kept`,
    files: paths,
    evidence: ["searched again: no conflict marker is left"],
  });
}

/** What both sides were to do, as far as it is understood; the sentences around it are the engine's. */
function ordersIn(task: string): readonly Order[] {
  return task
    .split("\n")
    .map((line) => line.replace(/^.*\bwas to do:\s*/, ""))
    .flatMap((line) => {
      const understood = understand(line);
      return understood.ok ? understood.value : [];
    });
}

function firstLine({ text }: Answer): string {
  return text.split("\n")[0] ?? "";
}
