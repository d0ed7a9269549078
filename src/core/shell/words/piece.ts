/** A part of a written word, as far as it can be known before it runs. */
export type Piece =
  | { readonly kind: "text"; readonly text: string; readonly quoted: boolean }
  | { readonly kind: "glob"; readonly text: string }
  | { readonly kind: "either"; readonly texts: readonly string[] }
  | {
      readonly kind: "dynamic";
      readonly shape: "one" | "number" | "many";
      readonly why: string;
    };

/** What braces stand for is written out: one way of several. */
export type WayPiece = Exclude<Piece, { kind: "either" }>;
