/** Writes plans/plan.schema.json, for editors: put `# yaml-language-server: $schema=plan.schema.json` on a plan's first line. */
import { writeFileSync } from "node:fs";

import { planSchemaText } from "../src/core/plan/plan-for-model.ts";

writeFileSync("plans/plan.schema.json", planSchemaText());
