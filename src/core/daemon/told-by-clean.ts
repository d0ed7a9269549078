import * as z from "zod";

import type { Proposal } from "../../model/proposal.ts";
import { parseJson } from "../parse-json.ts";
import { shownBytes } from "../repos/byte-size.ts";

/** From so many runs, or bytes of them, a person is asked. */
const runsMin = 50;
const bytesMin = 1e9;

const lineSchema = z.object({ goes: z.literal(true), bytes: z.number().min(0) });

/** What a person is asked after `skein clean --dry-run --json` has told its lines; nothing as long as it is little. */
export function cleanProposals(lines: readonly string[], about: string): readonly Proposal[] {
  const going = lines.flatMap((line) => {
    const read = lineSchema.safeParse(parseJson(line));
    return read.success ? [read.data.bytes] : [];
  });
  const bytes = going.reduce((sum, one) => sum + one, 0);
  if (going.length < runsMin && bytes < bytesMin) return [];
  return [
    {
      about,
      text: `${going.length} runs are over, with nothing left to take of them: ${shownBytes(bytes)}`,
      command: "skein clean",
      hangsOn: [{ kind: "latest" }],
    },
  ];
}
