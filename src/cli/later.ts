/** Commands of a later version and what they will do: naming one is answered plainly, and `--help` keeps quiet. */
export const laterCommands: readonly (readonly [string, string])[] = [
  ["retry", "running failed units again"],
  ["dash", "the dashboard"],
  ["worker", "units on other machines"],
  ["doctor", "checks of this machine"],
];

/** The same for options of `skein run`. */
export const laterOptions: readonly (readonly [string, string])[] = [
  ["--start-fresh", "leaving out what an earlier run kept"],
  ["--queue <url>", "units on other machines"],
  ["--dry-run", "leaving out what a plan publishes; so far a run publishes nothing"],
  ["--publish", "pushing and pull requests"],
];
