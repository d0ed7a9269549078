import { failure } from "../../model/failure.ts";
import type { Anchor, KeptProposal, Proposal } from "../../model/proposal.ts";
import { err, ok, type Result } from "../../model/result.ts";
import { hashOf } from "../hash-of.ts";

/** Of more than so many the oldest go. */
const keptMax = 200;
const idLength = 6;

/** What is still proposed after a job has ended: what other ends proposed stays, the same thing is there once. */
export function withProposals(
  kept: readonly KeptProposal[],
  {
    job,
    isDone,
    at,
    proposals,
  }: {
    readonly job: string;
    /** One that failed or gave way takes back nothing. */
    readonly isDone: boolean;
    readonly at: number;
    readonly proposals: readonly Proposal[];
  },
): KeptProposal[] {
  const dismissed = new Set(kept.flatMap(({ id, isDismissed }) => (isDismissed ? [id] : [])));
  const fresh = new Map(
    proposals.map((proposal): readonly [string, KeptProposal] => {
      const id = idOf(proposal);
      const hangsOn = [...proposal.hangsOn];
      return [id, { ...proposal, hangsOn, id, job, at, isDismissed: dismissed.has(id) }];
    }),
  );
  const moved = new Set(proposals.flatMap(branchesOf));
  const stays = kept.filter(
    (one) =>
      !fresh.has(one.id) &&
      // A branch holds one result, the latest.
      !branchesOf(one).some((branch) => moved.has(branch)) &&
      !(isDone && one.job === job && one.hangsOn.some(({ kind }) => kind === "latest")),
  );
  return [...stays, ...fresh.values()].slice(-keptMax);
}

function branchesOf({ hangsOn }: Pick<Proposal, "hangsOn">): readonly string[] {
  return hangsOn.flatMap((anchor) => (anchor.kind === "branch" ? [anchor.branch] : []));
}

/** The same for the same thing, whenever it is proposed; a file written anew, or a branch further on, is another. */
function idOf({ about, text, command, hangsOn }: Proposal): string {
  const anchors = hangsOn.flatMap((anchor) => {
    if (anchor.kind === "file") return [anchor.state];
    return anchor.kind === "branch" ? [anchor.commit] : [];
  });
  const hash = hashOf(JSON.stringify([about, text, command, anchors]));
  return hash.toString(16).padStart(8, "0").slice(0, idLength);
}

/** Those that are not dismissed and hang on nothing that is otherwise by now. */
export function openProposals(
  kept: readonly KeptProposal[],
  gone: ReadonlySet<string>,
): readonly KeptProposal[] {
  return kept.filter(({ id, isDismissed }) => !isDismissed && !gone.has(id));
}

/** The ids that a person means by ids, or by their beginnings. */
export function idsMeant(
  open: readonly Pick<KeptProposal, "id">[],
  named: readonly string[],
): Result<readonly string[]> {
  const ids: string[] = [];
  for (const one of named) {
    const [found, other] = open.filter(({ id }) => id.startsWith(one.toLowerCase()));
    if (found === undefined || other !== undefined)
      return err(
        failure("usage", `${other === undefined ? "no" : "more than one"} proposal is "${one}"`, {
          hint: "skein daemon status lists them, each with its id",
        }),
      );
    ids.push(found.id);
  }
  return ok(ids);
}

/** A file as it is now; whatever is written to it makes it another. */
export function fileAnchor(
  path: string,
  { mtimeMs, size }: { readonly mtimeMs: number; readonly size: number },
): Anchor {
  return { kind: "file", path, state: `${mtimeMs} ${size}` };
}
