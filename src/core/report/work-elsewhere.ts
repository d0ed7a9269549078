import { successOutcomes } from "../../model/unit.ts";
import type { Report } from "./build-report.ts";

/** The repositories that a batch run changed, each of which has its work as a branch of its own. */
export function changedElsewhere({ units }: Pick<Report, "units">): ReadonlySet<string> {
  return new Set(
    units.flatMap(({ repo, outcome, files }) =>
      repo !== undefined && successOutcomes.has(outcome) && files > 0 ? [repo] : [],
    ),
  );
}
