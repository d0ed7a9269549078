import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export interface OfflineChild extends AsyncDisposable {
  readonly baseUrl: string;
  readonly apiKey: string;
}

/** The offline server with a script, in a process of its own, so that its CPU is not counted as ours. */
export async function startOfflineChild(script: unknown): Promise<OfflineChild> {
  const folder = await mkdtemp(join(tmpdir(), "skein-bench-"));
  const file = join(folder, "script.json");
  await writeFile(file, JSON.stringify(script));
  const main = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));
  const child: ChildProcess = spawn(
    process.execPath,
    [main, "offline", "--json", "--script", file],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  // A bench that is stopped half way leaves no server behind.
  const kill = (): void => void child.kill("SIGINT");
  process.once("exit", kill);
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.once(signal, () => process.exit(130));
  if (child.stdout === null) throw new Error("Internal error: the child has no standard output");
  const [line] = (await once(createInterface({ input: child.stdout }), "line")) as [string];
  const { url, apiKey } = JSON.parse(line) as { readonly url: string; readonly apiKey: string };
  return {
    baseUrl: url,
    apiKey,
    [Symbol.asyncDispose]: async () => {
      process.off("exit", kill);
      kill();
      await once(child, "exit");
    },
  };
}
