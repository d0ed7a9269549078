import * as z from "zod";

const repo = z.string().default(".");
const flag = z.boolean().default(false);

export const daemonOptionsSchema = z.object({ repo });
export type DaemonOptions = z.output<typeof daemonOptionsSchema>;

export const daemonStatusOptionsSchema = z.object({ repo, json: flag });
export type DaemonStatusOptions = z.output<typeof daemonStatusOptionsSchema>;

export const daemonRunNowOptionsSchema = z.object({
  repo,
  job: z.string().min(1).max(300),
  wait: flag,
});
export type DaemonRunNowOptions = z.output<typeof daemonRunNowOptionsSchema>;

export const daemonDismissOptionsSchema = z.object({
  repo,
  ids: z.array(z.string().min(1).max(300)).max(1_000).default([]),
  all: flag,
});
export type DaemonDismissOptions = z.output<typeof daemonDismissOptionsSchema>;

export const daemonLogsOptionsSchema = z.object({
  repo,
  lines: z.coerce
    .number("a number of lines is due")
    .int("a whole number is due")
    .min(1, "at least 1")
    .max(10_000, "at most 10000")
    .default(50),
  follow: flag,
});
export type DaemonLogsOptions = z.output<typeof daemonLogsOptionsSchema>;

export const daemonInstallOptionsSchema = z.object({ repo, print: flag });
export type DaemonInstallOptions = z.output<typeof daemonInstallOptionsSchema>;
