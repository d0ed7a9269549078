import * as z from "zod";

import { openProposals } from "../../core/daemon/proposals.ts";
import { shownCount } from "../../core/report/figures.ts";
import type { DaemonRecord } from "../../model/daemon.ts";
import type { KeptProposal, Waiting } from "../../model/proposal.ts";
import { broughtBelow } from "../git/brought-below.ts";
import { diskFiles } from "../memory/disk-files.ts";
import { generationsDir, readGeneration, readState } from "../memory/generations.ts";
import { goneProposals } from "./gone-proposals.ts";

/** What a person is to decide by now: what memory does not take by itself, and what jobs proposed. */
export async function waitsForPerson(
  repo: string,
  { proposals }: Pick<DaemonRecord, "proposals">,
): Promise<readonly Waiting[]> {
  const open = await waitingProposals(repo, proposals);
  const count = await waitingInMemory(repo);
  return count === 0 ? open : [toReview(count), ...open];
}

export async function waitingProposals(
  repo: string,
  kept: readonly KeptProposal[],
): Promise<readonly KeptProposal[]> {
  return openProposals(kept, await goneProposals(repo, kept));
}

/** It goes when there is nothing to review any more: nobody can dismiss it. */
function toReview(count: number): Waiting {
  const wait = count === 1 ? "waits" : "wait";
  const text = `${shownCount(count, "thing")} that memory does not take by itself ${wait} for you`;
  return { id: undefined, about: "memory", text, command: "skein memory review" };
}

const reportSchema = z.object({ figures: z.object({ waiting: z.int().min(0) }) });

async function waitingInMemory(repo: string): Promise<number> {
  const files = diskFiles(repo);
  try {
    const { current } = await readState(files);
    if (current === 0 || (await broughtBelow(repo, ".skein"))(generationsDir)) return 0;
    const read = reportSchema.safeParse((await readGeneration(files, current)).report);
    return read.success ? read.data.figures.waiting : 0;
  } catch {
    // Damaged, or a link: commands about memory say so.
    return 0;
  }
}
