/** What people may write in `config.yaml`, their own or a repository's. */
import { z } from "zod";

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
  })
  .readonly();
export type Config = z.infer<typeof configSchema>;
