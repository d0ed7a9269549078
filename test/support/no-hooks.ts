import type { ToolHooks } from "../../src/agent/tool-hooks.ts";

/** Nobody has a say in any call. */
export const noHooks: ToolHooks = {
  before: () => Promise.resolve(undefined),
  after: (_, outcome) => Promise.resolve(outcome),
};
