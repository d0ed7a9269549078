import { hash } from "node:crypto";
import { appendFile, mkdir, open, readdir, readFile, rename } from "node:fs/promises";
import { join } from "node:path";

import { type Clean, redactValue } from "../core/secrets/redact-value.ts";

/** Whole outputs that did not fit the context, and what the agent wants remembered. */
export interface KeptFiles {
  /** The id that a text is kept under: the same text, the same id. */
  readonly idOf: (text: string) => string;
  /** False: it could not be kept. */
  readonly keepAs: (id: string, text: string) => Promise<boolean>;
  /** Undefined: there is no text of that id. */
  readonly output: (id: string) => Promise<string | undefined>;
  /** Of all that was kept; by an agent whose work this one goes on with, too. */
  readonly ids: () => Promise<readonly string[]>;
  /** Adds a line to the agent's notes. */
  readonly addNote: (note: Readonly<Record<string, string>>) => Promise<void>;
}

/** All outputs of one agent together, in characters: a loop of noisy commands must not fill the disk. */
const keptCharsMax = 64 * 1024 * 1024;
const idShape = /^out-[0-9a-f]{12}$/;

/**
 * The agent's own folder, beside its transcript: no command of the agent reaches it, so what lies in it was written by
 * us. (Its `$SKEIN_OUT` would be the wrong place: commands could leave a link in there, or forge a note.)
 * Secrets stay out of it.
 */
export function openKeptFiles(transcript: string, clean: Clean): KeptFiles {
  const folder = transcript.replace(/\.jsonl$/, "");
  const kept = new Set<string>();
  let characters = 0;

  return {
    idOf: (text) => `out-${hash("sha256", text).slice(0, 12)}`,
    ids: async () => {
      const names = await readdir(folder).catch(() => []);
      return names.flatMap((name) => (name.endsWith(".txt") ? [name.slice(0, -4)] : [])).toSorted();
    },
    keepAs: async (id, text) => {
      if (kept.has(id)) return true;
      if (!idShape.test(id) || characters + text.length > keptCharsMax) return false;
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        await writeWhole(join(folder, `${id}.txt`), clean(text));
      } catch {
        // A full disk costs the agent the middle of an output, not its work.
        return false;
      }
      characters += text.length;
      kept.add(id);
      return true;
    },
    output: async (id) =>
      idShape.test(id)
        ? readFile(join(folder, `${id}.txt`), "utf8").catch(() => undefined)
        : undefined,
    addNote: async (note) => {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const line = `${JSON.stringify(redactValue(note, clean))}\n`;
      await appendFile(join(folder, "notes.jsonl"), line, { mode: 0o600 });
    },
  };
}

/** Under its name a file is whole or not there, whatever happens meanwhile. */
async function writeWhole(file: string, text: string): Promise<void> {
  const part = `${file}.part`;
  const handle = await open(part, "w", 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(part, file);
}
