/** What people may write in `config.yaml`, their own or a repository's. */
import * as z from "zod";

import { daemonConfigSchema } from "./daemon.ts";
import { hookSchema } from "./hooks.ts";
import { permissionModeSchema } from "./permission.ts";

/** `dream:` of a person's own config.yaml: what a dream may cost that has a model read. */
const dreamConfigSchema = z.strictObject({
  model: z.string().min(1).max(200).optional(),
  usd: z.number().positive().default(0.1),
  requests: z.int().min(1).max(1_000).default(25),
});
export type DreamConfig = z.infer<typeof dreamConfigSchema>;

const rules = z.array(z.string().min(1).max(500)).max(1_000).default([]);

export const configSchema = z
  .strictObject({
    permissions: z
      .strictObject({
        mode: permissionModeSchema.optional(),
        allow: rules,
        ask: rules,
        deny: rules,
      })
      .prefault({}),
    mcp: z
      .strictObject({
        /** Variables of the environment that servers' files may name; of the person's own configuration only. */
        env: z
          .array(z.string().regex(/^[A-Za-z_]\w{0,100}$/))
          .max(100)
          .default([]),
      })
      .prefault({}),
    /** Of the person's own configuration only: a repository does not say what a machine does while nobody is there. */
    daemon: daemonConfigSchema.prefault({}),
    /** Of the person's own configuration only: it is their money. */
    dream: dreamConfigSchema.prefault({}),
    /** Commands of the person's own around what agents do, in the order they run. */
    hooks: z.array(hookSchema).max(100).default([]),
  })
  .readonly();
export type Config = z.infer<typeof configSchema>;
