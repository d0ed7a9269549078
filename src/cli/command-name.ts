/** Runs the command of that name with what the command line said; settles when it has ended. */
export type Dispatch = (command: CommandName, raw: object) => Promise<void>;

export type CommandName =
  | "run"
  | "resume"
  | "retry"
  | "plan"
  | "check"
  | "show"
  | "runs"
  | "status"
  | "log"
  | "report"
  | "diff"
  | "apply"
  | "init"
  | "judge"
  | "memory-ls"
  | "memory-show"
  | "memory-add"
  | "memory-forget"
  | "memory-import"
  | "memory-export"
  | "memory-undo"
  | "memory-review"
  | "dream"
  | "demo"
  | "offline";
