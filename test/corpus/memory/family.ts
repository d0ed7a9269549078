/** What is said of one slot: `S` stands for the subject, `V` for the value, `O` for the one before it. */
export interface Slot {
  readonly predicate: string;
  readonly values: readonly string[];
  /** Says the value as it is. At least three, so that they are paraphrases of each other. */
  readonly says: readonly string[];
  /** Says that it is another one now. */
  readonly changes: readonly string[];
  /** Says the value and leaves the subject to the key. */
  readonly terse?: readonly string[];
}

export interface Vague {
  readonly text: string;
  readonly cite: { readonly path?: string; readonly command?: string; readonly excerpt: string };
}

/** The words of a corpus. Two families are written apart: the rules were tuned on one, the other one tells the truth. */
export interface Family {
  readonly subjects: readonly string[];
  readonly slots: readonly Slot[];
  /** How a model words what it only infers: `X` is the statement. */
  readonly guesses: readonly string[];
  /** Statements that hold for one of several conditions each: `Q` is where the condition stands. */
  readonly conditional: readonly {
    readonly predicate: string;
    readonly says: string;
    readonly values: readonly string[];
    readonly kind: string;
    readonly conditions: readonly string[];
  }[];
  readonly sets: readonly {
    readonly predicate: string;
    readonly says: string;
    readonly values: readonly string[];
  }[];
  /** The same key in several scopes. */
  readonly scoped?: readonly {
    readonly predicate: string;
    readonly says: string;
    readonly values: readonly string[];
    readonly scopes: readonly string[];
  }[];
  readonly vague: readonly Vague[];
  readonly vagueBare: readonly string[];
  readonly poison: readonly {
    readonly origin: "external" | "file" | "run";
    readonly text: string;
  }[];
  /** `X` stands for the secret. */
  readonly secrets: readonly string[];
  /** What secrets look like: `L20` stands for 20 letters and digits, `U` for capitals, `h` for hex digits. */
  readonly secretKinds?: readonly string[];
  readonly dated: readonly { readonly text: string; readonly days: number }[];
  readonly noise: readonly string[];
  readonly keyedNoise?: readonly {
    readonly subject: string;
    readonly predicate: string;
    readonly value: string;
    readonly text: string;
  }[];
  /** Percent of keyed lines whose value or qualifiers stand in the text only, or whose text leaves out the subject. */
  readonly loose?: {
    readonly noValue: number;
    readonly noQualifiers: number;
    readonly terse: number;
  };
}
