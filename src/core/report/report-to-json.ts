import type { GroupKey } from "../../model/report-group.ts";
import type { Report } from "./build-report.ts";
import { groupUnits } from "./group-units.ts";

/** What programs read: the report as it is, and which units stand together where that is asked for. */
export function reportToJson(report: Report, groupBy: readonly GroupKey[] | undefined): object {
  if (groupBy === undefined) return report;
  const groups = groupUnits(report.units, groupBy).map(({ units, ...group }) => ({
    ...group,
    units: units.map(({ unit }) => unit),
  }));
  return { ...report, groups };
}
