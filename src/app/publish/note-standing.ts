import { isOpenPull } from "../../core/publish/pull-standing.ts";
import { seenPulls } from "../../core/publish/seen-pulls.ts";
import type { PullStanding } from "../../model/pull-standing.ts";
import type { PublishPorts } from "./publish-ports.ts";

/**
 * Notes how a pull request of ours stands, as far as that is news; that it is no longer open once for all, since that
 * leaves room under its plan's cap.
 */
export async function noteStanding(
  {
    record,
    clock,
  }: Pick<PublishPorts, "clock"> & {
    readonly record: Pick<PublishPorts["record"], "entries" | "append">;
  },
  run: string,
  { url, standing }: { readonly url: string; readonly standing: PullStanding },
): Promise<void> {
  const entries = record.entries();
  const opened = entries.findLast((one) => one.kind === "opened" && one.url === url);
  if (opened === undefined) return;
  const { key, branch } = opened;
  const entry = { key, branch, run, url, at: clock.now() };
  const isKnown = entries.some((one) => one.kind === "closed" && one.url === url);
  if (!isOpenPull(standing) && !isKnown) await record.append({ kind: "closed", ...entry });
  const before = seenPulls(entries).get(url);
  if (before?.state === standing.state && before.checks === standing.checks) return;
  await record.append({ kind: "seen", ...entry, ...standing });
}
