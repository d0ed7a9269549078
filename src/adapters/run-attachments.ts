import { createHash } from "node:crypto";
import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { join } from "node:path";

import type { Report, ReportUnit } from "../core/report/build-report.ts";
import type { HtmlOptions } from "../core/report/html/report-to-html.ts";

/** Most bytes of one file, and of all, that a report holds: a page of hundreds of units still opens. */
const diffBytesMax = 60_000;
const outputBytesMax = 8_000;
const allBytesMax = 30_000_000;
/** Failed commands of a unit that are shown: the last ones. */
const outputsMax = 2;

/** What lies beside a run's journal, for a page. The journal may be anybody's: nothing but plain files of those folders is read. */
export function attachmentsOf(folder: string, report: Report): HtmlOptions {
  let left = allBytesMax;
  const read = (file: string, most: number, from: "start" | "end"): string | undefined => {
    if (!/^(?:patches|logs)\/[^/\\]+\.(?:patch|log)$/.test(file) || left <= 0) return undefined;
    const text = readPart(join(folder, file), Math.min(most, left), from);
    left -= text?.length ?? 0;
    return text;
  };
  const outputsOf = (unit: ReportUnit): readonly { command: string; text: string }[] =>
    report.commands
      .filter((one) => one.unit === unit.unit && one.exitCode !== 0)
      .slice(-outputsMax)
      .flatMap(({ command, log }) => {
        const text = read(log, outputBytesMax, "end");
        return text === undefined || text === "" ? [] : [{ command, text }];
      });
  return {
    sha256: (text) => createHash("sha256").update(text).digest("base64"),
    filesOf: (unit) => {
      const { patchFile } = unit;
      const diff = patchFile === undefined ? undefined : read(patchFile, diffBytesMax, "start");
      return { outputs: outputsOf(unit), ...(diff === undefined ? {} : { diff }) };
    },
  };
}

function readPart(path: string, most: number, from: "start" | "end"): string | undefined {
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  let handle: number;
  try {
    handle = openSync(path, flags);
  } catch {
    // Cleaned up, or never written: the report says what it still knows.
    return undefined;
  }
  try {
    const { size, isFile } = statOf(handle);
    if (!isFile) return undefined;
    const bytes = Buffer.alloc(Math.min(most, size));
    const read = readSync(
      handle,
      bytes,
      0,
      bytes.length,
      from === "start" ? 0 : size - bytes.length,
    );
    return bytes.subarray(0, read).toString("utf8");
  } finally {
    closeSync(handle);
  }
}

function statOf(handle: number): { readonly size: number; readonly isFile: boolean } {
  const info = fstatSync(handle);
  return { size: info.size, isFile: info.isFile() };
}
