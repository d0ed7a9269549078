/** What people may write in `config.yaml`, their own or a repository's. */
import * as z from "zod";

import { daemonConfigSchema } from "./daemon.ts";
import { hookSchema } from "./hooks.ts";
import { permissionModeSchema } from "./permission.ts";

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
    /** Commands of the person's own around what agents do, in the order they run. */
    hooks: z.array(hookSchema).max(100).default([]),
  })
  .readonly();
export type Config = z.infer<typeof configSchema>;
