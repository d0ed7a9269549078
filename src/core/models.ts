import type { Role } from "../model/contract.ts";

/** Which model does what, unless the plan or the command line says otherwise. */
export const defaultModels: Readonly<Record<Role, string>> = {
  coordinator: "claude-opus-5-5",
  worker: "claude-sonnet-5-5",
  reducer: "claude-opus-5-5",
  reader: "claude-haiku-5-5",
};
