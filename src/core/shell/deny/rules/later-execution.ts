import { type Call, type DenyRule, hasOption, laterNameOf, operandsOf } from "../call.ts";
import { writtenBy } from "../written-by.ts";

/** Groups whose members are as good as root. */
const powerful = /^(root|sudo|wheel|admin|shadow|disk)$/;

/** Writers of what runs later: start-up files, hooks, keys, job tables, folders of programs. */
export const laterExecution: DenyRule = (call) => {
  const { program, args } = call;
  for (const path of writtenBy(call)) {
    const what = laterNameOf(call, path);
    if (what !== undefined) return `${program} writes ${what}, ${path}`;
  }
  const operands = operandsOf(args);
  switch (program) {
    case "crontab":
      return installsJobs(call, operands) ? "crontab installs jobs" : undefined;
    case "at":
    case "batch":
      return hasOption(args, "lcV") ? undefined : `${program} runs a command later`;
    case "git":
      return setsProgram(args) ? "git config makes every git run a program" : undefined;
    case "visudo":
      return hasOption(args, "c", "check") ? undefined : "visudo changes who may do what";
    case "useradd":
    case "usermod":
    case "adduser":
    case "gpasswd":
      return operands.some((word) => word.split(",").some((group) => powerful.test(group))) ||
        (args.includes("-u") && args.includes("0"))
        ? `${program} makes an account powerful`
        : undefined;
    case "chpasswd":
    case "vipw":
      return `${program} changes passwords`;
    case "passwd":
      return hasOption(args, "du", "delete") || operands.includes("root")
        ? "passwd opens an account"
        : undefined;
    case "update-alternatives":
    case "alternatives":
      return args.some((arg) => /^--(install|set)$/.test(arg))
        ? `${program} swaps a program`
        : undefined;
    default:
      return undefined;
  }
};

const programKeys =
  /^(core\.(hookspath|fsmonitor|sshcommand|gitproxy|askpass)|init\.templatedir|include(if\..*)?\.path|filter\..*|diff\.(external|.*\.(command|textconv))|merge\..*\.driver|gpg\..*program)$/is;

/** Only for all repositories at once; one repository's own configuration is asked about. */
function setsProgram(args: readonly string[]): boolean {
  if (!args.includes("config") || !args.some((arg) => /^--(global|system)$/.test(arg)))
    return false;
  const words = operandsOf(args.slice(args.indexOf("config") + 1));
  const [key = "", value] = words.filter((word) => word !== "set");
  if (value === undefined || /^(true|false)$/.test(value)) return false;
  return programKeys.test(key) || value.startsWith("!");
}

function installsJobs({ args, stdin, redirections }: Call, operands: readonly string[]): boolean {
  if (hasOption(args, "l", "list")) return false;
  const isFed =
    stdin !== undefined || redirections.some(({ operator }) => operator.startsWith("<"));
  const users = args.filter((_, index) => args[index - 1] === "-u");
  const files = [...operands, ...args.filter((arg) => arg === "-")].filter(
    (word) => !users.includes(word),
  );
  return files.length > 0 || (isFed && !hasOption(args, "re"));
}
