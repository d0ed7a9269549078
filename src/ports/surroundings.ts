import type { Failure } from "../model/failure.ts";

/**
 * What of the machine keeps a run from its work, whoever does it: a full disk, a folder that is gone or read-only, no file
 * that can be opened. Undefined: nothing. Looks only.
 */
export type CheckSurroundings = () => Promise<Failure | undefined>;
