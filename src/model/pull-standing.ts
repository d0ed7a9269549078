/** How a pull request stands on its server. */
export interface PullStanding {
  readonly state: "open" | "draft" | "merged" | "closed";
  /** What the server's own runs say of its newest commit. */
  readonly checks: "passing" | "failing" | "pending" | "none";
}
