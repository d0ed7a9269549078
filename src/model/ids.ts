/** Branded strings: a UnitId cannot be passed where a RunId is due. */
export type RunId = string & { readonly __brand: "RunId" };
export type TaskId = string & { readonly __brand: "TaskId" };
/** `task` or `task[key]`, where key names the matrix entry. Unique within a run. */
export type UnitId = string & { readonly __brand: "UnitId" };
/** Full hash of a git commit. */
export type CommitId = string & { readonly __brand: "CommitId" };
/** Full hash of a git tree. */
export type TreeId = string & { readonly __brand: "TreeId" };
