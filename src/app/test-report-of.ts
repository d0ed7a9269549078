import { readTestReport } from "../core/test-report/read-report.ts";
import type { TestReport } from "../core/test-report/test-report.ts";
import type { ShellOutcome } from "../ports/shell.ts";
import type { CommandPlace } from "./run-command.ts";
import type { RunPorts } from "./run-context.ts";

/** Runs a command, and reads the report of tests that it leaves in `$SKEIN_OUT` or prints. */
export async function withTestReport(
  { ports: { files } }: { readonly ports: Pick<RunPorts, "files"> },
  { outDir, cwd }: Pick<CommandPlace, "outDir" | "cwd">,
  command: () => Promise<ShellOutcome>,
): Promise<{ readonly outcome: ShellOutcome; readonly report: TestReport | undefined }> {
  const before = await files.outputFiles(outDir);
  const outcome = await command();
  const after = await files.outputFiles(outDir);
  for (const [name, stamp] of after) {
    if (before.get(name) === stamp || !/\.(?:json|xml|tap|txt)$/i.test(name)) continue;
    const text = await files.readOutput(outDir, name);
    const report =
      text.ok && text.value !== undefined ? readTestReport(text.value, cwd) : undefined;
    if (report !== undefined) return { outcome, report };
  }
  const printed = "output" in outcome ? outcome.output : "";
  return { outcome, report: readTestReport(printed, cwd) };
}
