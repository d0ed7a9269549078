/** Commands of a later version and what they will do: naming one is answered plainly, and `--help` keeps quiet. */
export const laterCommands: readonly (readonly [string, string])[] = [
  ["dash", "the dashboard"],
  ["worker", "units on other machines"],
  ["doctor", "checks of this machine"],
];

/** The same for options of `skein run`. */
export const laterOptions: readonly (readonly [string, string])[] = [
  ["--start-fresh", "leaving out what an earlier run kept"],
  ["--queue <url>", "units on other machines"],
];
