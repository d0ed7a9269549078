import type { ProgramPolicy } from "../program-policy.ts";
import { archivePolicies } from "./archives.ts";
import { awkPolicies } from "./awk.ts";
import { builtinPolicies } from "./builtins.ts";
import { comparePolicies } from "./compare.ts";
import { filePolicies } from "./files.ts";
import { findPolicies } from "./find.ts";
import { gitPolicies } from "./git.ts";
import { jqPolicies } from "./jq.ts";
import { networkPolicies } from "./network.ts";
import { numberPolicies } from "./numbers.ts";
import { psPolicies } from "./ps.ts";
import { searchPolicies } from "./search.ts";
import { sedPolicies } from "./sed.ts";
import { systemPolicies } from "./system.ts";
import { textPolicies } from "./text.ts";
import { toolVersionPolicies } from "./tool-versions.ts";
import { wrapperPolicies } from "./wrappers.ts";

export const allPolicies: readonly ProgramPolicy[] = [
  ...archivePolicies,
  ...awkPolicies,
  ...builtinPolicies,
  ...comparePolicies,
  ...filePolicies,
  ...findPolicies,
  ...gitPolicies,
  ...jqPolicies,
  ...networkPolicies,
  ...numberPolicies,
  ...psPolicies,
  ...searchPolicies,
  ...sedPolicies,
  ...systemPolicies,
  ...textPolicies,
  ...toolVersionPolicies,
  ...wrapperPolicies,
];

/** By the name a program is called. */
export const policies: ReadonlyMap<string, ProgramPolicy> = new Map(
  allPolicies.flatMap((policy) => policy.names.map((name) => [name, policy] as const)),
);
