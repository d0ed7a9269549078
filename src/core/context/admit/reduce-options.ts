export interface ReduceOptions {
  readonly tokensMax: number;
  readonly tokensOf: (text: string) => number;
}
