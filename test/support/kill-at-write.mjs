// Loaded before Skein (--import) in tests: ends the process, as `kill -9` would, right before it changes the disk for the nth time
// (SKEIN_TEST_KILL_AT, from 1). Whoever survives tells how many times that was, in the file that SKEIN_TEST_WRITES names.
import fs from "node:fs";
import promises from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import { isMainThread } from "node:worker_threads";

const at = Number(process.env.SKEIN_TEST_KILL_AT ?? Number.POSITIVE_INFINITY);
const told = process.env.SKEIN_TEST_WRITES;
let count = 0;

function counted(holder, name) {
  const before = holder[name];
  holder[name] = (...args) => {
    count += 1;
    if (count === at) process.kill(process.pid, "SIGKILL");
    return before(...args);
  };
}

if (isMainThread) {
  const { writeFileSync } = fs;
  for (const name of ["writeFileSync", "rmSync", "mkdirSync"]) counted(fs, name);
  for (const name of ["writeFile", "rename", "rm", "rmdir", "mkdir", "link", "unlink"])
    counted(promises, name);
  syncBuiltinESMExports();
  if (told !== undefined) process.on("exit", () => writeFileSync(told, String(count)));
}
