/** What a statement says: of which slot it speaks, and what it says is in it. */
export interface Claim {
  /** As written, for people; empty when the statement has no such part. */
  readonly subject: string;
  readonly predicate: string;
  readonly value: string;
  /** Meanings of all that is said beside the value: two statements with the same ones speak of the same slot. Sorted. */
  readonly strong: readonly string[];
  /** Nouns that only name a thing once more (`service`, `project`). Sorted. */
  readonly weak: readonly string[];
  /** Key of the value (`valueKey`); empty when there is none. */
  readonly valueKey: string;
  readonly isNegated: boolean;
  readonly isHedged: boolean;
  /** It says that it was another way before, */
  readonly isChange: boolean;
  /** namely so (a `valueKey`). */
  readonly oldKey: string;
  /** It says that it comes on top of others. */
  readonly isMore: boolean;
  /** Whether there can be several values at once, by its words alone. */
  readonly isMany: boolean;
}
