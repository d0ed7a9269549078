// Loaded before Skein (--import) in tests: a dream waits in the middle of its commit, with the new generation's file written but
// without its name, as long as the file SKEIN_HOLD_DREAM names is there. So it is at work for as long as a test needs, on any machine.
import { existsSync } from "node:fs";
import promises from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import { setTimeout as delay } from "node:timers/promises";

const hold = process.env.SKEIN_HOLD_DREAM;
const { rename } = promises;

if (hold !== undefined && process.argv[2] === "dream") {
  promises.rename = async (from, to) => {
    while (/memory\.gen\/\d+\.json$/.test(to) && existsSync(hold)) await delay(20);
    return rename(from, to);
  };
  syncBuiltinESMExports();
}
