import { type Call, type DenyRule, programOf } from "../call.ts";
import { unknownText } from "../guess-word.ts";

const shells = new Set([
  "sh",
  "bash",
  "dash",
  "zsh",
  "ksh",
  "mksh",
  "ash",
  "fish",
  "csh",
  "tcsh",
  "rbash",
  "pwsh",
]);
const cats = new Set(["nc", "ncat", "netcat", "nc.openbsd", "nc.traditional", "busybox-nc"]);
/** Programs that carry raw bytes both ways. */
const pipes = new Set([
  ...cats,
  "socat",
  "telnet",
  "cryptcat",
  "sbd",
  "dbd",
  "rlwrap-nc",
  "pwncat",
  "websocat",
  "chisel",
]);
/** Paths that bash makes connections of. */
export const networkDevice = /^\/dev\/(tcp|udp)\//;
/** Words for a shell inside an argument: `EXEC:/bin/sh`, `SYSTEM:bash -li`. */
const shellWord =
  /(^|[\s/:='"(,])(ba|da|z|k|a|c|tc)?sh($|[\s,;'")])|(^|[\s/\\])(cmd|powershell|pwsh)(\.exe)?\b/;

export function isShell(program: string): boolean {
  return shells.has(program.replace(/^-/, ""));
}

/** Whether a call carries raw bytes to or from the network. */
export function isRawNetwork(call: Call): boolean {
  return (
    pipes.has(call.program) ||
    (call.program === "openssl" && call.args[0] === "s_client") ||
    call.redirections.some(({ target }) => networkDevice.test(target)) ||
    call.args.some((arg) => networkDevice.test(arg))
  );
}

/** A shell at the end of a connection. */
export const reverseShell: DenyRule = (call) => {
  const { program, args, redirections, stdin } = call;
  const isOnDevice = redirections.some(({ target }) => networkDevice.test(target));
  if (isShell(program) && isOnDevice) return `${program} on a network connection`;
  if (isShell(program) && stdin?.remote === true) return `${program} obeys a network connection`;
  if (program.includes(unknownText) && stdin?.remote === true)
    return "what a connection says is run";
  if (isRawNetwork(call) && stdin?.fromShell === true) return `${program} carries a shell's output`;
  if (program === "zmodload") {
    return args.includes("zsh/net/tcp") ? "zmodload opens connections" : undefined;
  }
  if (cats.has(program)) {
    const runs = args.some(
      (arg, index) =>
        /^--(sh-exec|exec|lua-exec)/.test(arg) ||
        (/^-[a-zA-Z]*[ec]$/.test(arg) && shellOrProgram(args[index + 1])) ||
        /^-[ec]\/?.*sh$/.test(arg),
    );
    return runs ? `${program} runs a program on a connection` : undefined;
  }
  if (program === "socat") {
    const runs = args.some((arg) => /^(exec|system|shell):/i.test(arg));
    return runs ? "socat runs a program on a connection" : undefined;
  }
  if (program === "telnet" || program === "xterm") {
    return args.some((arg) => /^-?display$/.test(arg))
      ? `${program} shows itself elsewhere`
      : undefined;
  }
  return undefined;
};

function shellOrProgram(word: string | undefined): boolean {
  return (
    word !== undefined && (shellWord.test(word) || word.startsWith("/") || isShell(programOf(word)))
  );
}
