import { briefOf } from "../core/brief.ts";
import type { CommitId } from "../model/ids.ts";
import type { Workspace } from "../ports/workspace.ts";

/** Missing convention files are normal; unreadable ones are left out, the brief only helps. */
export async function briefOfRepository(workspace: Workspace, base: CommitId): Promise<string> {
  const files = await workspace.listFiles(base);
  if (!files.ok) return "";
  const named = files.value.filter((path) => path === "AGENTS.md" || path === "CLAUDE.md");
  const conventions = await Promise.all(
    named.map(async (path) => {
      const text = await workspace.readFile(base, path);
      return { path, text: text.ok ? (text.value ?? "") : "" };
    }),
  );
  return briefOf({ files: files.value, conventions: conventions.filter((one) => one.text !== "") });
}
