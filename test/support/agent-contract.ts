import type { Contract } from "../../src/model/contract.ts";

/** A worker's contract over `root`, with what the test wants changed. */
export function agentContract(root: string, more: Partial<Contract> = {}): Contract {
  return {
    runId: "run-1",
    unitId: "edit[a]",
    attempt: 1,
    role: "worker",
    goal: "Edit a.txt",
    root,
    base: "",
    outDir: root,
    transcript: `${root}-transcript.jsonl`,
    scope: { write: ["**"] },
    checks: [],
    upstream: [],
    brief: "",
    memory: "",
    plan: "",
    tools: ["Read", "Write", "Edit", "Glob", "Grep", "Bash", "Submit"],
    shell: "unsandboxed",
    permissions: { mode: "trusted", rules: [] },
    files: [],
    env: {},
    model: "claude-sonnet-5-5",
    maxOutputTokens: 4_000,
    window: { inputTokensMax: 1_000_000 },
    caps: [],
    priority: 0,
    limits: { turns: 50, commandMs: 10_000 },
    ...more,
  };
}
