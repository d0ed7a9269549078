import * as z from "zod";

const name = z.string().min(1).max(300);
const line = z.string().max(1_000);
const time = z.int().min(0);

/** What a proposal hangs on. Once that is otherwise it is answered, and goes by itself. */
export const anchorSchema = z.discriminatedUnion("kind", [
  /** A branch that is there, and whose work no branch but Skein's own has. */
  z.strictObject({
    kind: z.literal("branch"),
    branch: name,
    commit: z.string().regex(/^[0-9a-f]{40,64}$/),
  }),
  /** A file that is as it was written then. */
  z.strictObject({ kind: z.literal("file"), path: line, state: name }),
  /** A plan file that is there, and that no run was begun of since. */
  z.strictObject({ kind: z.literal("not-run"), path: line, since: time }),
  /** Only what the job proposed last counts. */
  z.strictObject({ kind: z.literal("latest") }),
]);
export type Anchor = z.output<typeof anchorSchema>;

/** Something the daemon may not do by itself, or cannot: a person decides. */
export interface Proposal {
  readonly about: string;
  readonly text: string;
  /** What to type. */
  readonly command: string;
  readonly hangsOn: readonly Anchor[];
}

/** As it is kept until it is answered. */
export const keptProposalSchema = z.strictObject({
  id: name,
  job: name,
  /** When it was last proposed, in milliseconds since the epoch. */
  at: time,
  about: name,
  text: line,
  command: line,
  hangsOn: z.array(anchorSchema),
  /** A person does not want to hear of it; kept so that the same thing is not proposed again. */
  isDismissed: z.boolean(),
});
export type KeptProposal = z.output<typeof keptProposalSchema>;

/** What a person is told of something that waits for them. */
export interface Waiting extends Pick<KeptProposal, "about" | "text" | "command"> {
  /** Undefined: it is no proposal, and cannot be dismissed. */
  readonly id: string | undefined;
}
