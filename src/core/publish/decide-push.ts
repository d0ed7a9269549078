import type { CommitId } from "../../model/ids.ts";
import type { IfExists } from "../../model/publish.ts";

export type PushDecision =
  /** `expect` is what the branch must still point at when the push arrives; undefined: it must not be there. */
  | { readonly kind: "push"; readonly expect: CommitId | undefined }
  /** The work goes on top of what the branch holds. */
  | { readonly kind: "append"; readonly onto: CommitId }
  | { readonly kind: "done" }
  | { readonly kind: "skip"; readonly reason: string }
  | { readonly kind: "fail"; readonly reason: string };

/**
 * What is done about a branch of that name. Only a branch that points at a commit which Skein is known to have pushed is
 * ever replaced: whatever else is there is somebody's work.
 */
export function decidePush(of: {
  readonly branch: string;
  /** What the server's branch points at now. */
  readonly there: CommitId | undefined;
  readonly commit: CommitId;
  readonly ifExists: IfExists;
  /** Every commit that Skein ever pushed to this branch, or was about to. */
  readonly ours: ReadonlySet<CommitId>;
}): PushDecision {
  const { branch, there, commit, ifExists, ours } = of;
  if (there === undefined) return { kind: "push", expect: undefined };
  if (there === commit) return { kind: "done" };
  switch (ifExists) {
    case "skip":
      return { kind: "skip", reason: `the branch ${branch} exists already` };
    case "fail":
      return { kind: "fail", reason: `the branch ${branch} exists already` };
    case "append":
      return { kind: "append", onto: there };
    case "replace":
      return ours.has(there)
        ? { kind: "push", expect: there }
        : {
            kind: "fail",
            reason: `the branch ${branch} holds ${there.slice(0, 12)}, which Skein did not push: it is not replaced`,
          };
  }
}
