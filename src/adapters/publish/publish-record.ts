import { open, readFile } from "node:fs/promises";

import pLimit from "p-limit";

import { type PublishEntry, publishEntrySchema } from "../../model/publish.ts";
import type { PublishRecord } from "../../ports/publishing.ts";

/**
 * The record of what was published, as lines of JSON in one file that all runs of a place add to. Each is on the disk
 * before `append` resolves. A line that was cut off, or that somebody else wrote, is passed over.
 */
export async function openPublishRecord(file: string): Promise<PublishRecord & AsyncDisposable> {
  const text = await readFile(file, "utf8").catch(() => "");
  const entries = text.split("\n").flatMap((line) => parseLine(line) ?? []);
  const handle = await open(file, "a", 0o600);
  // Behind a torn line, the next one begins anew.
  if (text !== "" && !text.endsWith("\n")) await handle.appendFile("\n");
  const inTurn = pLimit(1);
  return {
    entries: () => entries,
    append: (entry) =>
      inTurn(async () => {
        await handle.appendFile(`${JSON.stringify(entry)}
`);
        await handle.datasync();
        entries.push(entry);
      }),
    [Symbol.asyncDispose]: () => inTurn(() => handle.close()),
  };
}

function parseLine(line: string): PublishEntry | undefined {
  try {
    return publishEntrySchema.safeParse(JSON.parse(line)).data;
  } catch {
    // Not even JSON.
    return undefined;
  }
}
