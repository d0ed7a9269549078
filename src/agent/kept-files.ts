import { appendFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { type Clean, redactValue } from "../core/secrets/redact-value.ts";

/** Whole outputs that did not fit the context, and what the agent wants remembered. */
export interface KeptFiles {
  /** The id to read it again by; undefined when it could not be kept. */
  readonly keepOutput: (text: string) => Promise<string | undefined>;
  /** Undefined: there is no output of that id. */
  readonly output: (id: string) => Promise<string | undefined>;
  /** Adds a line to the agent's notes. */
  readonly addNote: (note: Readonly<Record<string, string>>) => Promise<void>;
}

/** All outputs of one agent together, in characters: a loop of noisy commands must not fill the disk. */
const keptCharsMax = 64 * 1024 * 1024;
const idShape = /^out-\d{1,6}$/;

/**
 * The agent's own folder, beside its transcript: no command of the agent reaches it, so what lies in it was written by
 * us. (Its `$SKEIN_OUT` would be the wrong place: commands could leave a link in there, or forge a note.)
 * Secrets stay out of it.
 */
export function openKeptFiles(transcript: string, clean: Clean): KeptFiles {
  const folder = transcript.replace(/\.jsonl$/, "");
  let count = 0;
  let characters = 0;

  return {
    keepOutput: async (text) => {
      if (characters + text.length > keptCharsMax) return undefined;
      characters += text.length;
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        for (;;) {
          const id = `out-${(count += 1)}`;
          if (await wrote(join(folder, `${id}.txt`), clean(text))) return id;
        }
      } catch {
        // A full disk costs the agent the middle of an output, not its work.
        return undefined;
      }
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

/** False: an earlier agent with this folder has a file of that name, which stays. */
async function wrote(file: string, text: string): Promise<boolean> {
  try {
    await writeFile(file, text, { flag: "wx", mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}
