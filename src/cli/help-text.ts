/** What stands behind the options in `--help`. */
export const generalExamples = [
  ["skein demo", "watch it work: offline, no key"],
  ['skein run "Rename getUser to fetchUser"', "a task in words"],
  ["skein run plans/node-prefix.yaml", "a reviewed plan"],
  ["skein report", "what the latest run did"],
  ["skein apply", "take its result into your branch"],
] as const;

export function examples(lines: readonly (readonly [string, string])[]): string {
  const width = Math.max(...lines.map(([command]) => command.length));
  const said = lines.map(([command, what]) => `  ${command.padEnd(width)}  ${what}`);
  return `\nExamples:\n${said.join("\n")}\n\nMore about one command: skein <command> --help`;
}

export const resumeNotes = `
Its plan, variables, model and caps are those it was started with; a cap given
here takes the place of the old one. What agents may do is not kept: give
--allow, --permission-mode and the like again, and --script for a scripted model.`;

export const exitCodes = `
Exit codes: 0 all done, noop or skipped; 1 some unit failed; 2 plan or usage
error; 3 waits for approval; 4 budget or time cap; 5 stopped by
the machine (disk full, read-only, locked); 130 interrupted.

Without ANTHROPIC_API_KEY and without --base-url the offline model is used: rules,
not a language model.

Examples:
  skein run "Prefix imports of Node's built-in modules with node:"
  skein run plans/rename-identifier.yaml --set old=getUser --set new=fetchUser
  skein run plans/node-prefix.yaml --json | tail -n 1`;
