import { createInProcessPool } from "../../../src/adapters/pool/in-process-pool.ts";
import { behave } from "../../support/odd-agents.worker.ts";
import { poolPromises } from "./pool-promises.ts";

poolPromises(() => createInProcessPool({ agentsMax: 2, runAgent: behave }));
