import { changeRecord } from "../../../adapters/daemon/change-record.ts";
import { readOwnRecord } from "../../../adapters/daemon/record-file.ts";
import { tellDaemon } from "../../../adapters/daemon/tell-daemon.ts";
import { waitingProposals } from "../../../adapters/daemon/waits-for-person.ts";
import { wordOf } from "../../../core/daemon/answers.ts";
import { idsMeant } from "../../../core/daemon/proposals.ts";
import { dismissed } from "../../../core/daemon/record.ts";
import { printableLine } from "../../../core/printable.ts";
import { failure } from "../../../model/failure.ts";
import type { Waiting } from "../../../model/proposal.ts";
import { err, ok, type Result } from "../../../model/result.ts";
import { daemonRepo } from "../../daemon-repo.ts";
import { endWith } from "../../end-with.ts";
import type { Io } from "../../io.ts";
import { noteProblems } from "../../memory-facts.ts";
import type { DaemonDismissOptions } from "../../options/daemon-options.ts";

/** `skein daemon dismiss`: a person does not want to hear of proposals any more, whether a daemon is at work or not. */
export async function daemonDismissCommand(options: DaemonDismissOptions, io: Io): Promise<number> {
  const repo = daemonRepo(options);
  const done = repo.ok ? await dismiss(repo.value, options, io) : repo;
  if (!done.ok) return endWith(done.error, io);
  if (done.value.length === 0) io.stderr("skein: nothing is proposed\n");
  for (const { about, text, command } of done.value)
    io.stderr(`skein: dismissed: ${printableLine(`${about}: ${text}; ${command}`)}\n`);
  return 0;
}

async function dismiss(
  repo: string,
  { ids, all }: DaemonDismissOptions,
  io: Io,
): Promise<Result<readonly Waiting[]>> {
  const tell = (text: string): void => noteProblems([text], io);
  const record = await readOwnRecord(repo, { tell, isOwner: false });
  const open = await waitingProposals(repo, record.proposals);
  if (ids.length === 0 && !all)
    return err(
      failure("usage", "which proposal is to be dismissed?", {
        hint: "skein daemon dismiss ID, as skein daemon status shows it, or --all",
      }),
    );
  const meant = all ? ok(open.map(({ id }) => id)) : idsMeant(open, ids);
  if (!meant.ok || meant.value.length === 0) return meant.ok ? ok([]) : meant;
  const kept = await keepDismissed(repo, meant.value, tell);
  return kept.ok ? ok(open.filter(({ id }) => meant.value.includes(id))) : kept;
}

/** The record is the daemon's to write; where none is at work, whoever holds its folder meanwhile. */
async function keepDismissed(
  repo: string,
  ids: readonly string[],
  tell: (text: string) => void,
): Promise<Result<unknown>> {
  const answer = await tellDaemon(repo, { command: "dismiss", ids: [...ids] });
  if (answer !== undefined) return wordOf(answer);
  return changeRecord(repo, (record) => dismissed(record, ids), tell);
}
