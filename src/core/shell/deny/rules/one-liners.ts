import type { Call, DenyRule } from "../call.ts";
import { laterNameOf, secretAt } from "../call.ts";
import { codeOf, literalsOf } from "../embedded-text.ts";
import { isVital } from "../vital-paths.ts";
import { isDevice } from "./devices.ts";

const connects =
  /socket|TCPSocket|fsockopen|net\.(connect|Socket|createConnection)|require\(['"]net['"]\)|\/inet\/(tcp|udp)|IO::Socket|Socket\.tcp|stream_socket_client|net\.Dial/i;
const shells =
  /\/bin\/(ba|da|z|k)?sh|pty\.spawn|os\.dup2|\bdup2\b|subprocess|child_process|os\.execute|\bexec\b|\bsystem\b|shell_exec|popen|proc_open|getline|cmd\.exe|>&S|open\(STDIN/i;
const sends =
  /urllib|requests?\.(post|get|put)|http\.client|https?\.request|\)\.request\(|fetch\(|Net::HTTP|LWP|file_get_contents\(\s*['"]http|curl_exec|socket|smtplib|ftplib|axios|XMLHttpRequest/i;
const removes =
  /rmtree|rmSync|rmdirSync|unlinkSync|\brimraf\b|rm_rf|rm_r\b|remove_dir|remove_tree|File\.delete|FileUtils\.rm|os\.remove|os\.unlink|os\.rmdir|\bunlink\b|\brmdir\b|fs\.rm\b|removeSync/;
const writes =
  /open\([^)]*,\s*['"][wax]|open\(\w+,?\s*['"]?>|write_text|write_bytes|(write|append)File(Sync)?|file_put_contents|File\.(write|open)|createWriteStream|shutil\.(copy|move)|os\.(rename|replace|symlink|link)|io\.open/;
const forks = /\bfork\b|Process\.fork|os\.fork|subprocess\.Popen\(\s*sys\.argv/;
const loops = /\bwhile\b|\bloop\b|\bfor\b|\buntil\b|\bredo\b/;

/** What the one-liner of an interpreter would do that no shell command may. */
export const oneLiners: DenyRule = (call) => {
  const code = codeOf(call);
  if (code === undefined) return undefined;
  const { program } = call;
  if (connects.test(code) && shells.test(code)) return `${program} puts a shell on a connection`;
  if (forks.test(code) && loops.test(code)) return `${program} forks without end`;
  const literals = literalsOf(code).map((text) => text.replace(/^~(?=\/|$)/, call.scene.home));
  const home =
    /expanduser\(\s*['"]~['"]|homedir\(\)|Path\.home\(\)|Dir\.home|ENV\[['"]HOME|environ\[['"]HOME|\$HOME/.test(
      code,
    );
  if (removes.test(code)) {
    const path = literals.find((text) => /^[/.]/.test(text) && isVital(call, text));
    if (path !== undefined) return `${program} removes ${path}`;
    if (home && /rmtree|rmSync|rm_r|remove_tree|rimraf/.test(code) && literals.length <= 2)
      return `${program} removes the home folder`;
  }
  if (writes.test(code)) {
    const path = literals.find(
      (text) => /[/.]/.test(text) && laterNameOf(call, text) !== undefined,
    );
    if (path !== undefined) return `${program} writes ${path}, which runs later`;
    const raw = literals.find((text) => isDevice(call, text));
    if (raw !== undefined) return `${program} writes the device ${raw}`;
  }
  return sends.test(code) ? sentBy(call, code, literals) : undefined;
};

function sentBy(call: Call, code: string, literals: readonly string[]): string | undefined {
  if (/169\.254\.169\.254|metadata\.google\.internal/.test(code)) {
    return `${call.program} asks the cloud's metadata service`;
  }
  if (call.stdin?.secret !== undefined) return `${call.program} sends ${call.stdin.secret}`;
  const path = literals.find((text) => /^[~/.]/.test(text) && secretAt(call, text) !== undefined);
  if (path !== undefined) return `${call.program} sends ${path}`;
  return /dict\(os\.environ\)|str\(os\.environ\)|JSON\.stringify\(process\.env\)|dumps\([^)]*os\.environ|ENV\.to_|%ENV\b|urlencode\(os\.environ/.test(
    code,
  )
    ? `${call.program} sends the environment`
    : undefined;
}
