// Preloaded into `skein … --json`: ends the process, as `kill -9` would, the moment the entry of that number, or the
// first (or nth, SKEIN_TEST_KILL_TIMES) that holds that text, is on the disk and told, before anything is done about it.
import { isMainThread } from "node:worker_threads";

let left = Number(process.env.SKEIN_TEST_KILL_AT ?? Number.POSITIVE_INFINITY);
const wanted = process.env.SKEIN_TEST_KILL_WHEN;
let times = Number(process.env.SKEIN_TEST_KILL_TIMES ?? 1);
if (isMainThread) {
  const write = process.stdout.write.bind(process.stdout);
  process.stdout.write = (text, ...rest) => {
    const isIt = wanted !== undefined && String(text).includes(wanted) && --times === 0;
    if (isIt || --left < 0) process.kill(process.pid, "SIGKILL");
    return write(text, ...rest);
  };
}
