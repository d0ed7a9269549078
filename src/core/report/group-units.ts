import type { GroupKey } from "../../model/report-group.ts";
import type { ReportUnit } from "./build-report.ts";

/** Units that are alike in what they are put together by. */
export interface UnitGroup {
  /** One for each of the keys; empty where a unit has none, such as a reason. */
  readonly by: Readonly<Partial<Record<GroupKey, string>>>;
  readonly count: number;
  /** In the order of the report. */
  readonly units: readonly ReportUnit[];
}

/** The largest first; those of a size in the order of their first units. */
export function groupUnits(
  units: readonly ReportUnit[],
  keys: readonly GroupKey[],
): readonly UnitGroup[] {
  const grouped = Map.groupBy(units, (unit) =>
    JSON.stringify(keys.map((key) => valueOf(unit, key))),
  );
  return [...grouped.values()]
    .flatMap((alike): readonly UnitGroup[] => {
      const [first] = alike;
      if (first === undefined) return [];
      const by = Object.fromEntries(keys.map((key) => [key, valueOf(first, key)]));
      return [{ by, count: alike.length, units: alike }];
    })
    .toSorted((a, b) => b.count - a.count);
}

function valueOf(unit: ReportUnit, key: GroupKey): string {
  return key === "reason" ? (unit.reason?.split("\n")[0] ?? "") : (unit[key] ?? "");
}
