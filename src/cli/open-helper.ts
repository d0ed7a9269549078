import { type HelperProcess, openHelperProcess } from "../adapters/helper/helper-process.ts";
import { helperPrograms } from "../adapters/helper/helper-programs.ts";
import { startProgramsBy } from "../adapters/helper/run-program.ts";
import { entryOf } from "./entry-of.ts";

/** The process that starts programs for as long as the stack lives. */
export function openHelper(stack: AsyncDisposableStack): HelperProcess {
  const helper = stack.use(openHelperProcess(entryOf("helper.process")));
  stack.use(startProgramsBy(helperPrograms(helper)));
  return helper;
}
