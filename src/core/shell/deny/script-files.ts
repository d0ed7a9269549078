import { join } from "node:path/posix";

import { whereLeads } from "../paths/resolve-path.ts";
import { secretAt } from "./call.ts";
import { type Data, unknownData } from "./data.ts";
import type { Search, ShellState } from "./shell-state.ts";

/** What is in a file, as far as the script itself put it there or its name tells. */
export function fileData(path: string, shell: ShellState, search: Search): Data {
  const { scene, files } = search;
  const resolved = whereLeads(scene, shell.cwd, path);
  const known = resolved.kind === "known" ? files.get(resolved.path) : undefined;
  const data = files.get(join(shell.cwd ?? "/", path)) ?? files.get(path) ?? known ?? unknownData;
  const secret = data.secret ?? secretAt({ scene, cwd: shell.cwd, files }, path);
  return { ...data, secret, remote: data.remote || /^\/dev\/(tcp|udp)\//.test(path) };
}
