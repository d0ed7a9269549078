import { expect, test } from "vitest";

import { idsMeant, openProposals, withProposals } from "../../../src/core/daemon/proposals.ts";
import { dismissed, emptyRecord } from "../../../src/core/daemon/record.ts";
import {
  keptProposalSchema,
  type KeptProposal,
  type Proposal,
} from "../../../src/model/proposal.ts";

const result = (branch: string): Proposal => ({
  about: "schedule/ed",
  text: `a result waits on ${branch}`,
  command: "skein apply",
  hangsOn: [{ kind: "branch", branch, commit: "a".repeat(40) }],
});
const advice: Proposal = {
  about: "schedule/ed",
  text: "it was not let: Bash npm audit fix",
  command: "say so",
  hangsOn: [{ kind: "latest" }],
};

interface End {
  readonly job: string;
  readonly isDone: boolean;
  readonly at: number;
  readonly proposals: readonly Proposal[];
}

const end = (more: Partial<End>): End => ({
  job: "schedule/ed",
  isDone: true,
  at: 1,
  proposals: [],
  ...more,
});
const after = (...ends: readonly Partial<End>[]): readonly KeptProposal[] =>
  ends.reduce<readonly KeptProposal[]>((kept, one) => withProposals(kept, end(one)), []);
const textsOf = (kept: readonly KeptProposal[]): readonly string[] => kept.map(({ text }) => text);
const openTexts = (kept: readonly KeptProposal[]): readonly string[] =>
  textsOf(openProposals(kept, new Set()));

test("what a job proposed stays open when it ends again, with another result, with none, or failing", () => {
  const both = after({ proposals: [result("A")] }, { at: 2, proposals: [result("B")] }, { at: 3 });
  expect(textsOf(both)).toEqual(["a result waits on A", "a result waits on B"]);
  expect(textsOf(withProposals(both, end({ isDone: false, at: 4 })))).toHaveLength(2);
  expect(keptProposalSchema.array().parse(both)).toEqual(both);
});

test("advice is what the job said last; one that failed takes none back", () => {
  expect(after({ proposals: [advice] }, { at: 2, isDone: false })).toHaveLength(1);
  expect(after({ proposals: [advice] }, { at: 2, job: "tidy" })).toHaveLength(1);
  expect(after({ proposals: [advice] }, { at: 2 })).toEqual([]);
});

test("the same thing is there once, with its latest time; a dismissed one is not heard of again", () => {
  const twice = after({ proposals: [advice] }, { at: 9, proposals: [advice] });
  expect(twice).toMatchObject([{ at: 9, isDismissed: false }]);
  const record = dismissed({ ...emptyRecord, proposals: [...twice] }, [twice[0]?.id ?? ""]);
  const again = withProposals(record.proposals, end({ at: 10, proposals: [advice] }));
  expect(again).toMatchObject([{ at: 10, isDismissed: true }]);
  expect(openProposals(again, new Set())).toEqual([]);
});

test("a result further on on the same branch is another: it takes the place of the one before, dismissed or not", () => {
  const later = (commit: string): Proposal => ({
    ...result("A"),
    hangsOn: [{ kind: "branch", branch: "A", commit: commit.repeat(40) }],
  });
  const first = after({ proposals: [later("a"), result("B")] });
  const record = dismissed({ ...emptyRecord, proposals: [...first] }, [first[0]?.id ?? ""]);
  const second = withProposals(record.proposals, end({ at: 2, proposals: [later("b")] }));
  expect(openTexts(second)).toEqual(["a result waits on B", "a result waits on A"]);
  const third = withProposals(second, end({ at: 3, proposals: [later("c")] }));
  expect(openTexts(third)).toEqual(["a result waits on B", "a result waits on A"]);
  expect(third).toHaveLength(2);
});

test("what was answered is not open", () => {
  const both = after({ proposals: [result("A"), result("B")] });
  const gone = new Set([both[0]?.id ?? ""]);
  expect(textsOf(openProposals(both, gone))).toEqual(["a result waits on B"]);
});

test("an id may be cut short as long as one proposal is meant", () => {
  const open = [{ id: "abc123" }, { id: "abd456" }];
  expect(idsMeant(open, ["ABC"])).toEqual({ ok: true, value: ["abc123"] });
  expect(idsMeant(open, ["ab"])).toMatchObject({ ok: false });
  expect(idsMeant(open, ["f"])).toMatchObject({ error: { message: 'no proposal is "f"' } });
});
