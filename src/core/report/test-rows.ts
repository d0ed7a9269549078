import { printableLine } from "../printable.ts";
import { fit } from "../text-layout.ts";
import type { Report, ReportTests } from "./build-report.ts";
import { shownCount } from "./figures.ts";
import type { RunPaint } from "./paint.ts";

const rowsMax = 8;

/** What tests said against the untouched base: the base itself, then the units of which there is something to tell. */
export function testRows(
  { tests, baselines }: Pick<Report, "tests" | "baselines">,
  { paint, columns }: { readonly paint: RunPaint; readonly columns: number },
): readonly string[] {
  const bases = baselines.flatMap(({ unit, command, passed, failed }) =>
    // What each repository's own base said is told unit by unit.
    unit !== undefined || passed === undefined || failed === undefined
      ? []
      : [`the base: ${passed} passed, ${failed} failed (${printableLine(command)})`],
  );
  const told = tests.filter((one) => differences(one).length > 0);
  const rows = told.map((one) => {
    const isWorse = one.newlyFailing.length + one.removed.length > 0;
    const text = `${printableLine(one.unit)}: ${differences(one).join("; ")}`;
    return `  ${isWorse ? paint.error("✗") : paint.good("✓")} ${fit(text, columns - 4)}`;
  });
  const same = tests.length - told.length;
  return [
    // A run that was gone on with asks its base again.
    ...[...new Set(bases)]
      .slice(0, rowsMax)
      .map((text) => `  ${paint.faint(fit(text, columns - 2))}`),
    ...rows.slice(0, rowsMax),
    ...(rows.length > rowsMax ? [paint.faint(`  and ${rows.length - rowsMax} more`)] : []),
    ...(same === 0
      ? []
      : [`  ${paint.good("✓")} ${fit(`${shownCount(same, "unit")} as on the base`, columns - 4)}`]),
  ];
}

function differences(one: ReportTests): readonly string[] {
  return [
    ...named("newly failing:", one.newlyFailing),
    ...named("gone:", one.removed),
    ...(one.newlyPassing === 0 ? [] : [`${shownCount(one.newlyPassing, "test")} mended`]),
    ...named("flaky:", one.flaky),
  ];
}

function named(what: string, names: readonly string[]): readonly string[] {
  return names.length === 0 ? [] : [`${what} ${names.map(printableLine).join(", ")}`];
}
