import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { dirname, join } from "node:path";

import pLimit from "p-limit";

import { parseJson } from "../../core/parse-json.ts";
import { type PublishEntry, publishEntrySchema } from "../../model/publish.ts";
import type { PublishRecord } from "../../ports/publishing.ts";
import { isTracked } from "../git/brought-below.ts";

/** Through no link, and no pipe: the folder may have come with the repository. */
const toAppend =
  constants.O_RDWR |
  constants.O_APPEND |
  constants.O_CREAT |
  constants.O_NOFOLLOW |
  constants.O_NONBLOCK;

/**
 * The record of what was published, as lines of JSON in one file that all runs of a place add to. Each is on the disk
 * before `append` resolves. A line that was cut off, or that is none of ours, is passed over; of a file that came with the
 * repository all are: they would say which branches may be replaced.
 */
export async function openPublishRecord(file: string): Promise<PublishRecord & AsyncDisposable> {
  const handle = await open(file, toAppend, 0o600);
  const text = await handle.readFile("utf8");
  const entries = await entriesOf(file, text);
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

/** What it holds, for somebody who only looks; a record that is not there holds nothing. */
export async function readPublishRecord(file: string): Promise<readonly PublishEntry[]> {
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  try {
    await using handle = await open(file, flags);
    return await entriesOf(file, await handle.readFile("utf8"));
  } catch {
    return [];
  }
}

async function entriesOf(file: string, text: string): Promise<PublishEntry[]> {
  if (text === "" || (await isTracked(join(dirname(file), "../.."), file))) return [];
  return text
    .split("\n")
    .flatMap((line) => publishEntrySchema.safeParse(parseJson(line)).data ?? []);
}
