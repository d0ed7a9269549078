import * as z from "zod";

import { commit, failure, text, unit, unitFinished } from "./event-parts-schema.ts";

/** What a person reads only; no command is given it. */
const branch = text;
const folder = text.exactOptional();

export const publishEvents = [
  z.strictObject({
    kind: z.literal("publish-started"),
    unit,
    branch,
    finished: unitFinished,
  }),
  z.strictObject({
    kind: z.literal("published"),
    unit,
    branch,
    package: folder,
    commit,
    pr: z.url({ protocol: /^https?$/ }).exactOptional(),
    reason: text.exactOptional(),
    patch: z.strictObject({ url: text, base: commit, file: text }).exactOptional(),
  }),
  z.strictObject({
    kind: z.literal("publish-skipped"),
    unit,
    branch,
    package: folder,
    reason: text,
  }),
  z.strictObject({ kind: z.literal("publish-failed"), unit, branch, package: folder, failure }),
  z.strictObject({
    kind: z.literal("would-publish"),
    unit,
    branch,
    package: folder,
    commit,
    shown: text,
  }),
] as const;
