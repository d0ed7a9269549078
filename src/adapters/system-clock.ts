import { setTimeout as delay } from "node:timers/promises";

import { customAlphabet } from "nanoid";

import type { Clock } from "../ports/clock.ts";

// Lower case only: ids become folder and ref names, and some file systems do not tell case apart.
const lowercaseId = customAlphabet("0123456789abcdefghijklmnopqrstuvwxyz");

export const systemClock: Clock = {
  now: () => Date.now(),
  // A cancelled sleep is not an error: the caller looks at its signal.
  sleep: (ms, signal) =>
    delay(ms, undefined, signal === undefined ? {} : { signal }).catch(() => {}),
  randomId: lowercaseId,
};
