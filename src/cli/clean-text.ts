import type { GoReason, StayReason, Verdict } from "../core/clean/judge-run.ts";
import { printableLine } from "../core/printable.ts";
import { shownCount } from "../core/report/figures.ts";
import { shownBytes } from "../core/repos/byte-size.ts";
import { fit, padEnd, padStart } from "../core/text-layout.ts";
import type { Io } from "./io.ts";
import { paintFor } from "./paint.ts";

export interface CleanRow {
  readonly id: string;
  readonly name: string;
  readonly verdict: Verdict;
  /** On the disk; 0 for one that stays. */
  readonly bytes: number;
}

/** Most runs that are told of one by one. */
const rowsMax = 20;
const namesMax = 3;

const whyText: Readonly<Record<GoReason | StayReason, string>> = {
  taken: "its result is taken",
  "branch-gone": "its branch is gone",
  "no-result": "it changed nothing",
  "never-began": "it never began",
  "at-work": "at work, skein cancel ends it",
  brought: "came with the repository",
  damaged: "its journal is damaged",
  "cut-off": "cut off, skein resume goes on with it",
  stopped: "stopped, skein resume goes on with it",
  waiting: "waits for a yes, skein approve",
  "plan-kept": "its plan was not accepted, and is kept there",
  findings: "what it found is only in its folder, skein report",
  patches: "has the patches of other repositories",
  "not-taken": "its result is not taken, skein apply",
  failed: "failed, skein retry does that again",
  young: "younger than that",
};

/** What goes, one by one, and what stays, by why. */
export function cleanText(
  rows: readonly CleanRow[],
  dead: { readonly count: number; readonly bytes: number },
  io: Io,
): string {
  const { strong, faint, warning } = paintFor(io);
  const goes = rows.filter(({ verdict }) => verdict.goes);
  const size = Math.max(0, ...goes.map(({ bytes }) => shownBytes(bytes).length));
  const idMax = Math.max(0, ...rows.map(({ id }) => id.length));
  const line = ({ id, name, verdict, bytes }: CleanRow): string => {
    const why = whyText[verdict.why];
    const front = `  ${padEnd(id, idMax)}  ${padStart(shownBytes(bytes), size)}  ${why}`;
    const whole = `${front}: ${printableLine(name)}`.replace(/: $/, "");
    return isAgainstAdvice(verdict) ? warning(cut(whole, io)) : cut(whole, io);
  };
  const more = goes.length - rowsMax;
  const stays = Map.groupBy(
    rows.filter(({ verdict }) => !verdict.goes),
    ({ verdict }) => verdict.why,
  );
  return [
    ...(goes.length === 0
      ? []
      : [strong(`${shownCount(goes.length, "run")} can go, ${shownBytes(sumOf(goes))}`)]),
    ...goes.slice(0, rowsMax).map(line),
    ...(more > 0 ? [faint(`  … and ${more} more`)] : []),
    ...(dead.count === 0
      ? []
      : [
          strong(
            `worktrees of ${shownCount(dead.count, "other run")} can go, ${shownBytes(dead.bytes)}: their processes or repositories are gone`,
          ),
        ]),
    ...(stays.size === 0
      ? []
      : [
          strong(
            `${shownCount(rows.length - goes.length, "run")} stay${rows.length - goes.length === 1 ? "s" : ""}`,
          ),
        ]),
    ...[...stays].map(([why, some]) => faint(cut(stayLine(why, some), io))),
    ...([...stays.keys()].some((why) => !mayNever.has(why))
      ? [faint("  skein clean RUN removes one all the same")]
      : []),
  ]
    .map((one) => `${one}\n`)
    .join("");
}

function sumOf(rows: readonly CleanRow[]): number {
  return rows.reduce((sum, { bytes }) => sum + bytes, 0);
}

function stayLine(why: GoReason | StayReason, some: readonly CleanRow[]): string {
  const ids = some.slice(0, namesMax).map(({ id }) => id);
  const more = some.length - ids.length;
  return `  ${whyText[why]}: ${ids.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

/** These no name helps. */
const mayNever: ReadonlySet<string> = new Set<StayReason>(["at-work", "brought", "young"]);

/** A person has named it, and something of it is lost. */
function isAgainstAdvice({ why }: Verdict): boolean {
  return !["taken", "branch-gone", "no-result", "never-began"].includes(why);
}

/** Away from a terminal nothing is cut: a line is for a program then, or for a search. */
function cut(text: string, { isOutputTTY, columns }: Io): string {
  return isOutputTTY ? fit(text, columns - 1) : text;
}
