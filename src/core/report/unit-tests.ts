import type { RunEvent } from "../../model/event.ts";
import type { UnitId } from "../../model/ids.ts";

/** Tests that passed and failed on the base, and after a unit's work. */
export interface UnitTests {
  readonly before?: Counts;
  readonly after?: Counts;
}

interface Counts {
  readonly passed: number;
  readonly failed: number;
}

type Told<Kind extends RunEvent["kind"]> = readonly Extract<RunEvent, { readonly kind: Kind }>[];

/** Of several verify commands the sums; a unit whose commands tell of no tests has none. */
export function testsOfUnits({
  baselines,
  tests,
}: {
  readonly baselines: Told<"baseline-taken">;
  /** Of each unit and command the last. */
  readonly tests: Told<"tests-compared">;
}): ReadonlyMap<UnitId, UnitTests> {
  const found = new Map<UnitId, UnitTests>();
  const add = (unit: UnitId, when: keyof UnitTests, more: Counts): void => {
    const known = found.get(unit) ?? {};
    const { passed, failed } = known[when] ?? { passed: 0, failed: 0 };
    const sum = { passed: passed + more.passed, failed: failed + more.failed };
    found.set(unit, { ...known, [when]: sum });
  };
  for (const { unit, passed, failed } of baselines) {
    if (unit !== undefined && passed !== undefined && failed !== undefined)
      add(unit, "before", { passed, failed });
  }
  for (const one of tests) {
    add(one.unit, "after", one);
    // Without repositories all units have the run's own base.
    const base = baselines.find(
      ({ unit, command }) => unit === undefined && command === one.command,
    );
    if (base?.passed !== undefined && base.failed !== undefined)
      add(one.unit, "before", { passed: base.passed, failed: base.failed });
  }
  return found;
}

/** Such as `134`, or `134 → 132, 2 red`. */
export function shownUnitTests({ before, after }: UnitTests): string {
  const last = after ?? before;
  if (last === undefined) return "";
  const isSame = after === undefined || before === undefined || before.passed === after.passed;
  const passed = isSame ? `${last.passed}` : `${before.passed} → ${last.passed}`;
  return last.failed === 0 ? passed : `${passed}, ${last.failed} red`;
}
