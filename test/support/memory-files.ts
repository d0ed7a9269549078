import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** Every file below memory, and what it holds. */
export function memoryFiles(repo: string): Readonly<Record<string, string>> {
  const root = join(repo, ".skein/memory");
  const names = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((name) =>
    statSync(join(root, name)).isFile(),
  );
  return Object.fromEntries(
    names.toSorted().map((name) => [name, readFileSync(join(root, name), "utf8")]),
  );
}
