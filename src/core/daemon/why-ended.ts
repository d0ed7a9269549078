const errorsMax = 800;

/** Why a command of ours failed, by the end of what it said on standard error; never empty. */
export function whyEnded(
  command: string,
  {
    exitCode,
    errors,
  }: {
    /** Undefined: a signal ended it. */
    readonly exitCode: number | undefined;
    readonly errors: string;
  },
): string {
  const said = errors
    .trim()
    .replace(/^skein: /, "")
    // What to do next is the end of the sentence.
    .replace(/\s+next: (?=[^\n]*$)/, "; ")
    .slice(-errorsMax);
  if (said !== "") return `${command} failed: ${said}`;
  const how =
    exitCode === undefined ? "was ended from outside" : `ended with exit code ${exitCode}`;
  return `${command} ${how} and did not say why`;
}
