#!/usr/bin/env node
// Starts Skein under Node 24 or newer. A machine with an older Node has Node 24 from the npm package `node`,
// a dependency of ours; then this process only passes arguments, signals and the exit code through.
import { spawn } from "node:child_process";
import module, { createRequire } from "node:module";
import { dirname, join } from "node:path";

const oldest = 24;
if (Number(process.versions.node.split(".")[0]) >= oldest) {
  module.enableCompileCache?.();
  await import("../dist/src/cli/main.js");
} else {
  const require = createRequire(import.meta.url);
  const node = join(dirname(require.resolve("node/package.json")), "bin", "node");
  const child = spawn(node, [new URL(import.meta.url).pathname, ...process.argv.slice(2)], {
    stdio: "inherit",
  });
  child.on("error", (error) => {
    process.stderr.write(
      `skein: needs Node ${oldest} or newer and could not start ${node}: ${error.message}\n`,
    );
    process.exit(2);
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"])
    process.on(signal, () => child.kill(signal));
  child.on("exit", (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}
