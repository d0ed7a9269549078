import { allowed, ask } from "../../verdict.ts";
import type { ProgramPolicy } from "../program-policy.ts";

/** Who listens, and who is connected; nothing is asked of another machine. */
export const networkPolicies: readonly ProgramPolicy[] = [
  {
    // `-K` ends connections, `-r` asks for names, `-D` writes, `-F` reads.
    names: ["ss"],
    flags: "aeilmnoptuwxsH46OZ",
    long: "all extended info listening memory numeric options processes tcp udp raw unix summary no-header ipv4 ipv6 oneline version help",
    operands: "none",
    allow: ["ss -tlnp", "ss -s"],
    notAllow: ["ss -K dst 10.0.0.1", "ss -tr", "ss -D out", "ss -F filter"],
  },
  {
    names: ["netstat"],
    flags: "aelnptuwxs46W",
    long: "all extend listening numeric programs tcp udp raw unix statistics wide version help",
    operands: "none",
    check: ({ options }) =>
      options.some(({ name }) => ["n", "numeric", "version", "help"].includes(name))
        ? allowed
        : ask("netstat: it asks other machines for names"),
    allow: ["netstat -tlnp"],
    notAllow: ["netstat -t", "netstat -cn"],
  },
];
