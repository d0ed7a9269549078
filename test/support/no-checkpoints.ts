import type { Checkpoints } from "../../src/agent/checkpoints.ts";

/** Every call is made. */
export const noCheckpoints: Pick<Checkpoints, "once"> = { once: (_tool, _id, make) => make() };
