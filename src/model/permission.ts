/** Who may do what: rules, modes, and where a rule comes from. Plain data, so that it crosses into threads. */
import * as z from "zod";

export const permissionModeSchema = z.enum(["read-only", "ask", "accept-edits", "trusted"]);
/**
 * What is done about a call that no rule speaks of. `read-only`: looking alone. `ask`: a person is asked about every
 * change and command. `accept-edits`: files of the write scope may change. `trusted`: commands may run, too.
 */
export type PermissionMode = z.infer<typeof permissionModeSchema>;

export const ruleOriginSchema = z.enum(["user", "repository", "plan", "command line"]);
export type RuleOrigin = z.infer<typeof ruleOriginSchema>;

export const permissionRuleSchema = z.strictObject({
  decision: z.enum(["allow", "ask", "deny"]),
  /** `Bash(npm run test:*)`, `Edit(src/**)`, `WebFetch(domain:example.org)`, `mcp__server__tool`, `Bash`. */
  rule: z.string().min(1).max(500),
  origin: ruleOriginSchema,
});
export type PermissionRule = z.infer<typeof permissionRuleSchema>;

/** Rules as people write them, in their three lists. */
export interface PermissionLists {
  readonly mode?: PermissionMode | undefined;
  readonly allow: readonly string[];
  readonly ask: readonly string[];
  readonly deny: readonly string[];
}

export const permissionsSchema = z.strictObject({
  mode: permissionModeSchema,
  rules: z.array(permissionRuleSchema),
});
export type Permissions = z.infer<typeof permissionsSchema>;
