import type { Probe } from "../../model/memory-observation.ts";

/** Why a probe may not look at its file: it reads plain files of the repository, by their path in there. */
export function whyNoProbe({ file }: Probe): string | undefined {
  const parts = file.split("/");
  if (file.startsWith("/") || parts.includes(".."))
    return `verify.file "${file}" leads out of the repository`;
  return parts.includes(".git") ? `verify.file "${file}" is git's own` : undefined;
}

/** What is wrong where a probe speaks against its fact. */
export function probeFails(probe: Probe): string {
  if (probe.kind === "test") return `its check fails: there is no file ${probe.file}`;
  return probe.kind === "grep"
    ? `its check fails: ${probe.file} does not have "${probe.text}"`
    : `its check fails: ${probe.file} does not have "${probe.equals}" at ${probe.expr}`;
}

/** What is wrong where a probe can say nothing. */
export function whyUnseen(probe: Probe): string {
  const why = whyNoProbe(probe);
  if (why !== undefined) return why;
  return probe.kind === "jq"
    ? `${probe.file} is no JSON file here that has ${probe.expr}`
    : `${probe.file} is no plain file here`;
}
