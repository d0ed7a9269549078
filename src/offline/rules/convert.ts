import type { SourceFile } from "../../core/codemod/source.ts";
import { outsideScope } from "../../core/scope.ts";
import type { Outcome } from "./apply-orders.ts";
import { askAll } from "./ask.ts";
import type { Order } from "./change.ts";
import type { Call, Talk } from "./conversation.ts";
import { editCalls, type Replacement, writeCall } from "./edit-calls.ts";
import { gatherFacts } from "./facts.ts";
import { mayChange, notByHand } from "./left-alone.ts";
import { readFiles, readInParts } from "./read-files.ts";
import type { Facts } from "./transforms/transformed.ts";

/** `applyOrders`, or something that remembers what it gave. */
export type Apply = (file: SourceFile, orders: readonly Order[], facts: Facts) => Outcome;

/** What came of the files looked at so far. */
export interface Converted {
  /** The text each file has now, for every file that was read. */
  readonly texts: Map<string, string>;
  readonly changed: Map<string, number>;
  readonly notes: string[];
  /** Why the work as a whole must not be delivered. */
  readonly blocked: string[];
}

export function nothingConverted(): Converted {
  return { texts: new Map(), changed: new Map(), notes: [], blocked: [] };
}

interface How {
  readonly orders: readonly Order[];
  readonly apply: Apply;
}

/** Reads files, changes what the orders want, and writes it by the smallest edits that are unambiguous. */
export function* convert(
  paths: readonly string[],
  how: How,
  done: Converted,
  /** The paths come from a search; otherwise they are guesses, and one that cannot be read is passed over. */
  sure: boolean,
): Talk<void> {
  const { files, unread, long } = yield* readFiles(paths);
  const leave = (path: string): void => {
    done.texts.set(path, "");
    if (sure) done.blocked.push(`${path} could not be read`);
  };
  for (const path of unread) leave(path);
  yield* convertRead(files, how, done);
  // One after the other: several would fill a context before anything is changed.
  for (const path of long) {
    const text = yield* readInParts(path);
    if (text === undefined) leave(path);
    else yield* convertRead([{ path, text }], how, done);
  }
}

function* convertRead(files: readonly SourceFile[], how: How, done: Converted): Talk<void> {
  const facts = yield* gatherFacts(files, how.orders);
  const outcomes = files.map((file) => ({ file, outcome: outcomeOf(file, how, facts) }));
  const calls = outcomes.flatMap(({ file, outcome }) => {
    done.texts.set(file.path, file.text);
    done.notes.push(...outcome.notes);
    if (outcome.blocked !== undefined) done.blocked.push(outcome.blocked);
    if (outcome.text === file.text) return [];
    const edits = editCalls(
      file.path,
      { before: file.text, after: outcome.text },
      replacementsOf(how.orders),
    );
    if (edits === undefined) done.blocked.push(noEdit(file.path));
    return edits ?? [];
  });
  const wanted = new Map(outcomes.map(({ file, outcome }) => [file.path, outcome]));
  yield* write(calls, wanted, done);
}

function outcomeOf(file: SourceFile, how: How, facts: Facts): Outcome {
  const reason = notByHand(file.text);
  if (reason !== undefined)
    return { text: file.text, count: 0, notes: [`${file.path} is ${reason}, left alone`] };
  const orders = how.orders.filter(({ change }) => mayChange(file.path, change));
  return how.apply(file, orders, facts);
}

/** Makes the edits; a file where one failed is written whole, once. */
function* write(
  calls: readonly Call[],
  wanted: ReadonlyMap<string, Outcome>,
  done: Converted,
): Talk<void> {
  const answers = yield* askAll(`changing ${new Set(calls.map(pathOf)).size} files`, calls);
  const failed = new Set(calls.filter((_, index) => answers[index]?.isError !== false).map(pathOf));
  const writes = [...failed].map((path) => writeCall(path, wanted.get(path)?.text ?? ""));
  const retries = writes.filter((call) => call !== undefined);
  const retried = yield* askAll("writing whole files where an edit did not fit", retries);
  for (const [index, call] of retries.entries())
    if (retried[index]?.isError === false) failed.delete(pathOf(call));
  for (const path of failed) done.blocked.push(noEdit(path));
  for (const path of new Set(calls.map(pathOf))) {
    const outcome = wanted.get(path);
    if (outcome === undefined || failed.has(path)) continue;
    done.texts.set(path, outcome.text);
    done.changed.set(path, (done.changed.get(path) ?? 0) + outcome.count);
  }
}

function noEdit(path: string): string {
  return `${path} could not be edited`;
}

function pathOf({ input }: Call): string {
  return String(input["file_path"]);
}

function replacementsOf(orders: readonly Order[]): readonly Replacement[] {
  return orders.flatMap(({ change }) =>
    change.kind === "rename" || change.kind === "rename-method" || change.kind === "replace-text"
      ? [{ from: change.from, to: change.to }]
      : [],
  );
}

/** Paths of a list that the scope allows and at least one order may concern. */
export function eligible(
  paths: Iterable<string>,
  how: { readonly orders: readonly Order[]; readonly scope: readonly string[] },
): readonly string[] {
  return [...new Set(paths)]
    .filter((path) =>
      how.orders.some(
        ({ change, paths: only }) =>
          mayChange(path, change) && (only.length === 0 || outsideScope([path], only).length === 0),
      ),
    )
    .filter((path) => outsideScope([path], how.scope).length === 0)
    .toSorted();
}
