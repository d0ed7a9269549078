import { type Call, type DenyRule, hasOption, operandsOf, valuesOf } from "../call.ts";
import { foundBy } from "../found-by.ts";
import { isVital } from "../vital-paths.ts";

const removers = new Set([
  "rm",
  "rmdir",
  "unlink",
  "shred",
  "srm",
  "wipe",
  "trash",
  "trash-put",
  "rimraf",
  "del-cli",
]);
const owners = new Set(["chmod", "chown", "chgrp", "setfacl", "chattr", "chcon"]);

/** Destruction of the system, of a home, or of what lies around the project. */
export const destruction: DenyRule = (call) => {
  const { program, args } = call;
  const operands = operandsOf(args);
  if (removers.has(program)) {
    if (args.some((arg) => arg.startsWith("--no-preserve"))) return `${program} --no-preserve-root`;
    return vitalAmong(call, operands);
  }
  if (owners.has(program)) {
    const isRecursive = hasOption(args, "R", "recursive");
    const targets = operands.slice(1).filter((path) => isRecursive || !isInHome(call, path));
    return vitalAmong(call, targets);
  }
  switch (program) {
    case "find":
      return foundAndDeleted(call);
    case "mv":
      return moved(call, operands);
    case "rsync":
      return args.some((arg) => /^--(del|delete.*|remove-source-files)$/.test(arg))
        ? vitalAmong(call, operands)
        : undefined;
    case "git":
      return cleaned(call);
    case "gio":
    case "truncate":
      return vitalAmong(call, operands);
    case "cp":
    case "ln":
      return operands[0] === "/dev/null" ? vitalAmong(call, operands.slice(1)) : undefined;
    case "tar":
      return args.some((arg) => arg.startsWith("--remove-f"))
        ? vitalAmong(call, operands)
        : undefined;
    default:
      return undefined;
  }
};

function vitalAmong(call: Call, paths: readonly string[]): string | undefined {
  const path = paths.find((path) => isVital(call, path));
  return path === undefined ? undefined : `${call.program} on ${path}`;
}

/** Rights of one folder in a home are everyday work; all of them at once are not. */
function isInHome(call: Call, path: string): boolean {
  return path.startsWith(`${call.scene.home}/`) || path === call.scene.home;
}

function foundAndDeleted(call: Call): string | undefined {
  if (!call.args.includes("-delete")) return undefined;
  return vitalAmong(call, foundBy(call.args));
}

function moved(call: Call, operands: readonly string[]): string | undefined {
  const targets = valuesOf(call.args, ["-t", "--target-directory"]);
  const sources = targets.length > 0 ? operands : operands.slice(0, -1);
  return operands.at(-1) === "/dev/null" && operands.length > 1
    ? "mv to /dev/null"
    : vitalAmong(call, sources);
}

function cleaned(call: Call): string | undefined {
  const verb = call.args.indexOf("clean");
  if (verb === -1 || !hasOption(call.args.slice(verb), "f", "force")) return undefined;
  const folders = valuesOf(call.args.slice(0, verb), ["-C", "--work-tree", "--git-dir"]);
  const cwd = folders.at(-1) ?? ".";
  return isVital(call, cwd) ? `git clean in ${cwd}` : undefined;
}
