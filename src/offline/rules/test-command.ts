import { asRecord } from "./facts.ts";

/** What `npm init` writes when nobody says what the tests are. */
const placeholder = /echo\s+\\?["']?Error: no test specified/;

/** The repository's own test command with its own package manager; undefined: it has none. */
export function testCommand(
  manifest: Readonly<Record<string, unknown>>,
  lockFiles: readonly string[],
): string | undefined {
  const script = asRecord(manifest["scripts"])["test"];
  if (typeof script !== "string" || script.trim() === "" || placeholder.test(script))
    return undefined;
  const named = manifest["packageManager"];
  const manager =
    /^(npm|pnpm|yarn|bun)@/.exec(typeof named === "string" ? named : "")?.[1] ??
    managerOf(lockFiles);
  return manager === "bun" ? "bun run test" : `${manager} test`;
}

function managerOf(lockFiles: readonly string[]): string {
  if (lockFiles.includes("pnpm-lock.yaml")) return "pnpm";
  if (lockFiles.includes("yarn.lock")) return "yarn";
  return lockFiles.some((file) => /^bun\.lockb?$/.test(file)) ? "bun" : "npm";
}
