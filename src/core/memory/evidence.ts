import type { Origin } from "../../model/memory-observation.ts";

/** How much a statement counts by where it comes from. */
export const evidenceOf: Readonly<Record<Origin, number>> = {
  user: 4,
  run: 3,
  file: 2,
  model: 1,
  external: 0,
};

export const userEvidence = evidenceOf.user;

/** Whether a probe of such a statement counts against what a person said: one from a repository or a model may be made to hold. */
export function mayProbe({ evidence }: { readonly evidence: number }): boolean {
  return evidence >= evidenceOf.run;
}

/** How sure a fact is before anything is known but where it comes from. */
const base = [0.3, 0.55, 0.75, 0.85, 0.95] as const;

/** More sessions that say the same make it surer, each less than the one before. */
export function confidenceOf(options: {
  readonly evidence: number;
  readonly support: number;
  readonly isHedged: boolean;
  readonly isCorrected: boolean;
  readonly isVague: boolean;
}): number {
  const start = base[options.evidence] ?? base[0];
  const sure = start + (1 - start) * (1 - 0.8 ** (options.support - 1));
  const doubts = [options.isHedged, options.isCorrected, options.isVague].filter(Boolean).length;
  return Math.round(Math.max(0.05, Math.min(0.99, sure - 0.1 * doubts)) * 100) / 100;
}
