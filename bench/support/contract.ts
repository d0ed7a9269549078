import type { Contract } from "../../src/model/contract.ts";

/** A worker's contract over `root`, with nothing that costs time of its own. */
export function benchContract(root: string, unitId: string): Contract {
  return {
    runId: "bench",
    unitId,
    attempt: 1,
    role: "worker",
    goal: "Read the notes.",
    root,
    base: "",
    outDir: root,
    transcript: `${root}-${unitId}.jsonl`,
    scope: { write: ["**"] },
    checks: [],
    upstream: [],
    brief: "",
    memory: "",
    plan: "",
    tools: ["Read", "Write", "Edit", "Glob", "Grep", "Bash", "Submit"],
    shell: "look-only",
    permissions: { mode: "accept-edits", rules: [] },
    files: [],
    env: {},
    model: "claude-sonnet-5-5",
    maxOutputTokens: 1_000,
    window: { inputTokensMax: 1_000_000 },
    caps: [],
    priority: 0,
    limits: { turns: 50, commandMs: 10_000 },
  };
}
