/** `repos:` and `clone:` of a plan file. */
import * as z from "zod";

const repo = z.union([
  z.string(),
  z.strictObject({
    repo: z.string().min(1).describe("owner/name, a URL or a path"),
    base: z.string().min(1).optional().describe("branch, tag or commit to start from"),
  }),
]);
const globs = z.array(z.string().min(1));

export const reposSchema = z.union([
  z.array(repo).min(1),
  z.strictObject({
    list: z.array(repo).optional(),
    file: z
      .string()
      .min(1)
      .optional()
      .describe("a list beside the plan: .txt (# comments), .csv or .json"),
    query: z.string().min(1).optional().describe("what gh or glab is to search for"),
    via: z.enum(["gh", "glab"]).optional(),
    include: globs.optional().describe("globs over names such as owner/name"),
    exclude: globs.optional(),
    lock: z.string().min(1).optional().describe("a file beside the plan that holds exact commits"),
  }),
]);

export const cloneSchema = z.strictObject({
  cache: z.string().min(1).optional().describe("folder of the mirrors"),
  filter: z
    .string()
    .regex(/^(?:blob:none|blob:limit=\d+[kmg]?|tree:0)$/, "blob:none, blob:limit=SIZE or tree:0")
    .optional(),
  depth: z.int().positive("at least 1").optional(),
  "per-host": z
    .int()
    .positive("at least 1")
    .optional()
    .describe("repositories of one host that are fetched at a time (4)"),
});

export type ReposFile = z.infer<typeof reposSchema>;
