import { type Call, type DenyRule, hasOption, operandsOf } from "../call.ts";

const everything = /^(\^?\.?[*+]?\$?|\^?\.[*+]?\$?|\(\.\*\)|\[a-z\][*+]?)$/;
const ends = new Set(["shutdown", "reboot", "poweroff", "halt"]);

/** All processes at once, the first one, or the machine itself. */
export const processes: DenyRule = (call) => {
  const { program, args } = call;
  const operands = operandsOf(args);
  if (ends.has(program)) {
    return args.some((arg) => /^(-c|--help|--version|--show|-k)$/.test(arg))
      ? undefined
      : `${program} ends the machine`;
  }
  switch (program) {
    case "kill":
      return killed(call);
    case "killall5":
      return "killall5 ends every process";
    case "pkill":
    case "killall":
    case "skill":
    case "slay":
      return broad(call, operands) ? `${program} of every process` : undefined;
    case "init":
    case "telinit":
      return /^[0156sS]$/.test(operands[0] ?? "")
        ? `${program} ${operands[0]} ends the machine`
        : undefined;
    case "systemctl":
    case "loginctl":
      return operands.some((word) =>
        /^(poweroff|reboot|halt|kexec|rescue|emergency|soft-reboot|(?:rescue|emergency|poweroff|reboot|halt|kexec)\.target|kill-user|terminate-user)$/.test(
          word,
        ),
      )
        ? `${program} ${operands[0]}`
        : undefined;
    default:
      return undefined;
  }
};

function killed({ args }: Call): string | undefined {
  const rest = [...args];
  if (/^(-l|-L|--list|--table)/.test(rest[0] ?? "")) return undefined;
  const isSignal = /^-([A-Z]\w*|[a-z]{2,}|\d+)$/.test(rest[0] ?? "");
  const isNamed = /^(-s|-n|--signal|-q)$/.test(rest[0] ?? "");
  const isOnly = rest.length === 1;
  if (!isOnly && isNamed) rest.splice(0, 2);
  else if (!isOnly && (isSignal || rest[0]?.startsWith("--signal=") === true)) rest.splice(0, 1);
  const target = rest.find((word) => /^([-+]?1|\*|\[0-9\]\*)$/.test(word));
  return target === undefined
    ? undefined
    : `kill ${/^\+?1$/.test(target) ? "of the first process" : "of every process"}`;
}

function broad({ args, program }: Call, operands: readonly string[]): boolean {
  const users = args.some(
    (arg, index) => /^(-[uU]|--(e?uid|user))$/.test(args[index - 1] ?? "") && arg !== "",
  );
  const names = operands.filter((word) => !/^\d+$/.test(word));
  const given = users ? names.slice(1) : names;
  const isPattern = program === "pkill" || hasOption(args, "r", "regexp");
  if (isPattern && names.some((name) => everything.test(name))) return true;
  if (names.some((name) => /^(systemd|init|launchd|sshd)$/.test(name))) return true;
  return users && given.length === 0;
}
