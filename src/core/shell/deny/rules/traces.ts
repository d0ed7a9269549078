import { type DenyRule, operandsOf, spellingsOf } from "../call.ts";
import { writtenBy } from "../written-by.ts";

const histories = /\/\.(?:\w*_history|history|zhistory|bash_sessions|zsh_sessions)(?:\/|$)/;
const logs =
  /^\/var\/(log|run)\/(auth|secure|syslog|messages|wtmp|btmp|lastlog|utmp|audit|journal|faillog|kern)/;
const removers = new Set(["rm", "shred", "unlink", "truncate", "srm", "wipe"]);

/** Traces wiped: the shell's history, the machine's logs of who did what. */
export const traces: DenyRule = (call) => {
  const { program, args } = call;
  if (program === "history") {
    return args.some((arg) => /^-\w*[cw]/.test(arg)) ? "history cleared" : undefined;
  }
  if (program === "unset") {
    return args.some((arg) => /^HIST(FILE|SIZE|FILESIZE)$/.test(arg))
      ? "history switched off"
      : undefined;
  }
  if (program === "set") {
    return args.includes("+o") && args.includes("history") ? "history switched off" : undefined;
  }
  const removed = removers.has(program) ? operandsOf(args) : [];
  const path = [...removed, ...writtenBy(call)].find((path) =>
    spellingsOf(call, path).some((spelling) => histories.test(spelling) || logs.test(spelling)),
  );
  return path === undefined ? undefined : `${program} wipes ${path}`;
};
