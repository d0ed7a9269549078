import type { Contract } from "../../model/contract.ts";
import type { Shell } from "../../ports/shell.ts";

/** Gives `path:line:text` by lines, empty when nothing matches; rejects with what the model should read. */
export type Search = (
  asked: { readonly pattern: string; readonly path: string },
  signal: AbortSignal,
) => Promise<string>;

const script = 'exec rg --no-config --line-number --no-heading --regexp="$1" -- "$2"';
const timeoutMs = 60_000;

/**
 * A search in the sandbox, which shows nothing but the worktree. For while a command runs in the background: it could put a
 * link out of the worktree in the place of a folder in the very moment in which a search of ours steps into it.
 */
export function confinedSearch(
  contract: Pick<Contract, "root" | "outDir">,
  shell: Pick<Shell, "run">,
): Search {
  return async ({ pattern, path }, signal) => {
    const place = { cwd: contract.root, outDir: contract.outDir, projectWritable: false };
    const command = { script, args: [pattern, path], env: {}, network: false, timeoutMs };
    const outcome = await shell.run({ ...place, ...command }, signal);
    if (outcome.kind !== "exited") {
      const why = outcome.kind === "refused" ? outcome.reason : outcome.kind;
      throw new Error(`grep: the search came to no end (${why})`);
    }
    switch (outcome.exitCode) {
      case 0:
        return outcome.output.replaceAll(/^\.\//gm, "");
      case 1:
        return "";
      case 127:
        throw new Error(
          "grep: while a command runs in the background ripgrep is needed, and it is not installed",
        );
      default:
        throw new Error(outcome.output.trim());
    }
  };
}
