/** What units of a report may be put together by. */
export const groupKeys = ["outcome", "reason", "task", "repo"] as const;

export type GroupKey = (typeof groupKeys)[number];
