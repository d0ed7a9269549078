import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What tests put below the system's temporary folder goes when they are over; git's read-only objects too. */
export function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), "skein-tests-"));
  process.env["TMPDIR"] = folder;
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}
