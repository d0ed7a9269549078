import * as z from "zod";

/** Whom agents talk to (`serverOptions`). */
export const serverShape = {
  model: z.string().optional(),
  baseUrl: z.string().optional(),
  offline: z.boolean().default(false),
  script: z.string().optional(),
};
