import type { HookAnswer, HookCall } from "../model/hooks.ts";

/** Runs the hooks a call is for, in order, up to the first that blocks. Never rejects. */
export type RunHooks = (call: HookCall, signal: AbortSignal) => Promise<HookAnswer>;
