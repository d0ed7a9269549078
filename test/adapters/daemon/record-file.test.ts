import { isDeepStrictEqual } from "node:util";

import { expect, test } from "vitest";

import { keepRecord, readRecord } from "../../../src/adapters/daemon/record-file.ts";
import { begun, emptyRecord, ended, recovered } from "../../../src/core/daemon/record.ts";
import { chanceOf } from "../../support/made-up-text.ts";
import { PowerCut, PowerCutFiles } from "../../support/power-cut-files.ts";

const one = begun(emptyRecord, { job: "dream", slot: "1", startedAt: 1, byHand: false });
const end = (endedAt: number): Parameters<typeof ended>[1] => ({
  outcome: "done",
  said: "",
  usd: 0,
  endedAt,
  proposals: [],
});
const two = ended(one, end(2));
const three = begun(two, { job: "dream", slot: "2", startedAt: 3, byHand: false });
const four = ended(three, end(4));
const all = [emptyRecord, one, two, three, four];

async function write(files: PowerCutFiles): Promise<void> {
  for (const record of all.slice(1)) await keepRecord(files, record);
}

test("wherever the power goes, the record that is found is whole: the last that was kept, or the one being written", async () => {
  const whole = new PowerCutFiles();
  await write(whole);
  let found = 0;
  for (let cut = 1; cut <= whole.count; cut += 1) {
    for (let seed = 0; seed < 40; seed += 1) {
      const files = new PowerCutFiles(cut);
      await write(files).catch((error: unknown) => expect(error).toBeInstanceOf(PowerCut));
      const left = new PowerCutFiles(Number.POSITIVE_INFINITY, files.afterCut(chanceOf(seed)));
      const problems: string[] = [];
      const read = await readRecord(left, {
        tell: (text) => problems.push(text),
        isOwner: true,
      });
      expect(problems).toEqual([]);
      const at = all.findIndex((record) => isDeepStrictEqual(record, read));
      expect(at).not.toBe(-1);
      // Going on from there never leaves something at work.
      expect(recovered(read, 9).running).toBeUndefined();
      found += 1;
    }
  }
  expect(found).toBeGreaterThan(500);
});

test("a damaged record is kept aside by the folder's owner, told of, and a new one begins; who only looks leaves it", async () => {
  const files = new PowerCutFiles(Number.POSITIVE_INFINITY, new Map([["daemon/state.json", "{"]]));
  const told: string[] = [];
  const read = (isOwner: boolean): Promise<unknown> =>
    readRecord(files, { tell: (text) => told.push(text), isOwner });
  const lost = "what was done and proposed, and whether it was paused, is not known";
  expect(await read(false)).toEqual(emptyRecord);
  expect(await files.read("daemon/state.json")).toBe("{");
  expect(told).toEqual([
    `the daemon's record .skein/daemon/state.json is damaged: ${lost}; the next skein daemon start keeps it in .skein/daemon/state.broken.json, and begins a new one`,
  ]);
  expect(await read(true)).toEqual(emptyRecord);
  expect(told.at(-1)).toBe(
    `the daemon's record is damaged: ${lost}; it is kept in .skein/daemon/state.broken.json, and a new one begins`,
  );
  expect(await files.read("daemon/state.broken.json")).toBe("{");
  expect(await files.read("daemon/state.json")).toBeUndefined();
});
