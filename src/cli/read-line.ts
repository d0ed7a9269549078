import { createInterface } from "node:readline/promises";

/** Asks the person at the terminal for a line; undefined: there is none, the question was dropped (Ctrl-C, Ctrl-D, a closed window, the signal). */
export type ReadLine = (prompt: string, signal?: AbortSignal) => Promise<string | undefined>;

export const readLineFrom: ReadLine = async (prompt, signal) => {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const ended = new Promise<undefined>((resolve) => {
      lines.once("close", () => resolve(undefined));
      // The terminal is gone, with who was asked.
      lines.on("error", () => resolve(undefined));
    });
    const answer = lines.question(prompt, signal === undefined ? {} : { signal });
    return await Promise.race([answer.catch(() => undefined), ended]);
  } finally {
    lines.close();
  }
};
