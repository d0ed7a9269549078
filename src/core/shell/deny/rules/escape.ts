import { type Call, type DenyRule, hasOption, operandsOf, valuesOf } from "../call.ts";

const containers = new Set([
  "docker",
  "podman",
  "nerdctl",
  "ctr",
  "lxc",
  "lxc-start",
  "docker-compose",
]);
/** Folders of the host that a container must not hold. */
const hostFolders =
  /^(\/|~|\/(etc|root|home|var|usr|boot|dev|proc|sys|lib|bin|sbin|run|host)(\/run)?)\/*$|docker\.sock|containerd\.sock|podman\.sock|\/\.ssh\b/;
const levers =
  /^(kernel\.|fs\.(suid_dumpable|protected_|binfmt)|dev\.tty\.|user\.max_user_namespaces|net\.ipv4\.ip_forward|vm\.(mmap_min_addr|unprivileged))/;
const loaders = new Set(["insmod", "modprobe", "rmmod", "kexec", "kldload", "kextload", "depmod"]);
const policies: Readonly<Record<string, RegExp>> = {
  setenforce: /^(0|permissive)$/i,
  "aa-teardown": /^/,
  "aa-disable": /^/,
  auditctl: /^(0|-D|-e)$/,
  csrutil: /^disable$/,
  spctl: /^--(master|global)-disable$/,
};

/** Modes with the bit that makes a program run as its owner; the group's bit on folders is everyday work. */
const setsOwner = /^0*[4-7][0-7]{3}$|^(a|u|ug|ugo|uo|)[+=][rwxXt]*s|,u\+[rwxX]*s/;

/** Ways out of the account or the container, and the kernel's levers. */
export const escape: DenyRule = (call) => {
  const { program, args } = call;
  const operands = operandsOf(args);
  if (containers.has(program)) return throughContainer(call);
  if (loaders.has(program))
    return hasOption(args, "nV", "show") ? undefined : `${program} changes the kernel`;
  const policy = policies[program];
  if (policy !== undefined && (args.length === 0 || args.some((arg) => policy.test(arg)))) {
    return `${program} switches protection off`;
  }
  if (
    args.some((arg) => /(docker|containerd|podman|crio)\.sock\b/.test(arg)) &&
    /^(curl|socat|nc|ncat|wget)$/.test(program)
  ) {
    return `${program} commands the container service`;
  }
  switch (program) {
    case "nsenter":
    case "chroot":
    case "pivot_root":
    case "setcap":
    case "capsh":
    case "switch_root":
      return `${program} leaves its bounds`;
    case "unshare":
      return hasOption(args, "rmU", "map-root-user") || hasOption(args, "", "mount")
        ? "unshare makes itself root"
        : undefined;
    case "mount":
    case "fusermount":
      return operands.length > 0 || hasOption(args, "aoB", "bind")
        ? `${program} changes what lies where`
        : undefined;
    case "sysctl":
      return args.some((arg) => arg.includes("=") && levers.test(arg)) ||
        hasOption(args, "p", "load")
        ? "sysctl changes the kernel"
        : undefined;
    case "chmod":
      return operands[0] !== undefined && setsOwner.test(operands[0])
        ? "chmod makes a program run as its owner"
        : undefined;
    case "install":
      return valuesOf(args, ["-m", "--mode"]).some((mode) => setsOwner.test(mode))
        ? "install makes a program run as its owner"
        : undefined;
    case "gdb":
    case "strace":
    case "ptrace":
      return valuesOf(args, ["-p", "--pid"]).includes("1")
        ? `${program} on the first process`
        : undefined;
    default:
      return undefined;
  }
};

const unconfined =
  /^--(privileged(=true)?|pid[= ]host|ipc=host|uts=host|userns=host|cgroupns=host|cap-add=(all|sys_|dac_|cap_sys)\w*|security-opt=\S*(unconfined|disable|no-new-privileges=false)\S*|device=\/dev\/(sd|nvme|mem|kmsg|vd|mapper)\S*)$/i;

function throughContainer({ program, args, scene }: Call): string | undefined {
  const verb = args.findIndex((arg) => /^(run|create|exec|launch|init|config)$/.test(arg));
  if (verb === -1) return undefined;
  const joined = args.map((arg, index) =>
    /^--(pid|ipc|uts|userns|cgroupns|cap-add|security-opt|device)$/.test(arg)
      ? `${arg}=${args[index + 1] ?? ""}`
      : arg,
  );
  const option = joined.find((arg) => unconfined.test(arg));
  if (option !== undefined) return `${program} ${option}`;
  const bound = [
    ...valuesOf(args, ["-v", "--volume"]).map((value) => value.split(":")[0] ?? ""),
    ...valuesOf(args, ["--mount"]).flatMap(
      (value) => /(?:source|src)=([^,]+)/.exec(value)?.[1] ?? [],
    ),
    ...args.flatMap((arg) => /^source=(.+)/.exec(arg)?.[1] ?? []),
  ];
  const folder = bound.find((path) => hostFolders.test(path) || path === scene.home);
  return folder === undefined ? undefined : `${program} with ${folder} of this machine`;
}
