export const pullStates = ["open", "draft", "merged", "closed"] as const;
export const pullChecks = ["passing", "failing", "pending", "none"] as const;

/** How a pull request stands on its server. */
export interface PullStanding {
  readonly state: (typeof pullStates)[number];
  /** What the server's own runs say of its newest commit. */
  readonly checks: (typeof pullChecks)[number];
}
