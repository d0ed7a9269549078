#!/usr/bin/env node
// Starts Skein under Node 24 or newer. A machine with an older Node has Node 24 from the npm package `node`,
// a dependency of ours; then this process only passes arguments, signals and the exit code through.
import { spawn } from "node:child_process";
import module, { createRequire } from "node:module";
import { dirname, join } from "node:path";

const oldest = 24;
const launched = "SKEIN_LAUNCHED";
if (Number(process.versions.node.split(".")[0]) >= oldest) {
  module.enableCompileCache?.();
  endWithLauncher();
  await import("../dist/src/cli/main.js");
} else {
  const require = createRequire(import.meta.url);
  const node = join(dirname(require.resolve("node/package.json")), "bin", "node");
  const child = spawn(node, [new URL(import.meta.url).pathname, ...process.argv.slice(2)], {
    // The channel is open for as long as this process lives, which is all that it is for.
    stdio: ["inherit", "inherit", "inherit", "ipc"],
    env: { ...process.env, [launched]: "1" },
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

/** Who was started by another launcher ends as by SIGTERM when that is gone: nobody else knows of it. */
function endWithLauncher() {
  if (process.env[launched] === undefined) return;
  delete process.env[launched];
  process.once("disconnect", () => process.kill(process.pid, "SIGTERM"));
  process.channel?.unref();
}
