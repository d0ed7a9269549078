import { type Call, type DenyRule, hasOption, operandsOf, spellingsOf } from "../call.ts";
import { writtenBy } from "../written-by.ts";

const device =
  /^\/dev\/(sd|hd|vd|xvd|nvme|mmcblk|disk|rdisk|mapper|md\d|dm-|loop\d|ram\d|sr\d|st\d|nbd|zd\d|mem$|kmem$|port$|mtd|input|block|by-)/;
const makers =
  /^(mkfs(\..+)?|mke2fs|mkdosfs|mkntfs|mkswap|wipefs|newfs|newfs_.+|mkzftree|blkdiscard|badblocks)$/;
const partitioners = new Set([
  "fdisk",
  "sfdisk",
  "gdisk",
  "sgdisk",
  "cfdisk",
  "cgdisk",
  "parted",
  "partprobe",
]);

/** Raw devices, file systems, partitions. */
export const devices: DenyRule = (call) => {
  const { program, args } = call;
  const written = writtenBy(call).find((path) => isDevice(call, path));
  if (written !== undefined) return `${program} writes the device ${written}`;
  const operands = operandsOf(args);
  if (makers.test(program)) {
    return operands.every((path) => isOwnFile(call, path)) && operands.length > 0
      ? undefined
      : `${program} makes or wipes a file system`;
  }
  if (partitioners.has(program)) {
    return hasOption(args, "l", "list") || args.includes("print") || operands.length === 0
      ? undefined
      : `${program} changes partitions`;
  }
  switch (program) {
    case "ddrescue":
    case "flashcp":
    case "shred":
    case "wipe":
    case "debugfs":
    case "tune2fs":
    case "resize2fs":
      return operands.some((path) => isDevice(call, path)) ? `${program} on a device` : undefined;
    case "flashrom":
      return hasOption(args, "wE", "write") ? "flashrom writes the firmware" : undefined;
    case "hdparm":
      return args.some((arg) => /^--(security-|trim|make-bad|write-|dco)/.test(arg))
        ? "hdparm erases"
        : undefined;
    case "nvme":
      return /^(format|sanitize|write)/.test(operands[0] ?? "") ? "nvme erases" : undefined;
    case "cryptsetup":
      return /^(luksFormat|erase|luksErase|reencrypt)$/.test(operands[0] ?? "")
        ? "cryptsetup erases"
        : undefined;
    case "mdadm":
      return args.some((arg) => /^--(zero-superblock|create)/.test(arg))
        ? "mdadm erases"
        : undefined;
    case "zpool":
    case "zfs":
      return operands[0] === "destroy" ? `${program} destroy` : undefined;
    case "lvremove":
    case "vgremove":
    case "pvremove":
      return `${program} removes a volume`;
    case "diskutil":
      return /^(erase|partition|apfs|zero|secureErase|reformat)/i.test(operands[0] ?? "")
        ? "diskutil erases"
        : undefined;
    default:
      return undefined;
  }
};

/** Whether a path is a disk, a partition or the memory itself. */
export function isDevice(call: Call, path: string): boolean {
  return spellingsOf(call, path).some((spelling) => device.test(spelling));
}

/** An image in the project is a file like any other. */
function isOwnFile(call: Call, path: string): boolean {
  return spellingsOf(call, path).every((spelling) => spelling.startsWith(`${call.scene.root}/`));
}
