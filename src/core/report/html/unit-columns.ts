import type { ReportUnit } from "../build-report.ts";

export interface UnitColumn {
  readonly name: "Unit" | "Outcome" | "Reason" | "Tests" | "Files" | "Tries" | "Cost" | "Time";
  readonly isNumber: boolean;
  /** What numbers are sorted by. */
  readonly value: (unit: ReportUnit) => number;
  /** Left out when no unit has anything in it. */
  readonly isFilled: (unit: ReportUnit) => boolean;
}

const always = (): boolean => true;
const none = (): number => 0;

const columns: readonly UnitColumn[] = [
  { name: "Unit", isNumber: false, value: none, isFilled: always },
  { name: "Outcome", isNumber: false, value: none, isFilled: always },
  { name: "Reason", isNumber: false, value: none, isFilled: always },
  {
    name: "Tests",
    isNumber: true,
    value: ({ tests }) => tests?.after?.passed ?? tests?.before?.passed ?? -1,
    isFilled: ({ tests }) => tests !== undefined,
  },
  { name: "Files", isNumber: true, value: ({ files }) => files, isFilled: always },
  {
    name: "Tries",
    isNumber: true,
    value: ({ attempts }) => attempts,
    isFilled: ({ attempts }) => attempts > 1,
  },
  {
    name: "Cost",
    isNumber: true,
    value: ({ spent }) => spent.usd,
    isFilled: ({ spent }) => spent.usd > 0,
  },
  { name: "Time", isNumber: true, value: ({ durationMs }) => durationMs, isFilled: always },
];

export function columnsOf(units: readonly ReportUnit[]): readonly UnitColumn[] {
  return columns.filter(({ isFilled }) => units.some(isFilled) || isFilled === always);
}
