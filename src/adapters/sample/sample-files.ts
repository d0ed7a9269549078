import { billing } from "./domain/billing.ts";
import { calendar } from "./domain/calendar.ts";
import { cli } from "./domain/cli.ts";
import { http } from "./domain/http.ts";
import { manifest } from "./domain/manifest.ts";
import { money } from "./domain/money.ts";
import { routing } from "./domain/routing.ts";
import { store } from "./domain/store.ts";
import { units } from "./domain/units.ts";
import { exportedNames } from "./imports.ts";
import { renderPackage } from "./render-package.ts";
import { rootFiles } from "./root-files.ts";
import type { PackageSpec } from "./spec.ts";

/** The packages of gander, each after those it imports. */
export const samplePackages: readonly PackageSpec[] = [
  money,
  units,
  calendar,
  manifest,
  routing,
  store,
  billing,
  http,
  cli,
];

/** All files of the sample workspace: path from its top to text. The same on every call and machine. */
export function sampleFiles(): ReadonlyMap<string, string> {
  const origins = exportedNames(samplePackages);
  return new Map([
    ...rootFiles(samplePackages),
    ...samplePackages.flatMap((of) => [...renderPackage(of, origins)]),
  ]);
}
