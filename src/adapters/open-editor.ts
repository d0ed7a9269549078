import { spawn } from "node:child_process";

/** Has a person change a file in their editor, in this terminal, and waits for its end. Gives its exit code. */
export async function openEditor(editor: string, file: string): Promise<number> {
  // What is set may have arguments, as "code --wait" has: a shell reads it, and the file is none of its words.
  const child = spawn("sh", ["-c", `${editor} "$1"`, "sh", file], { stdio: "inherit" });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => resolve(code ?? 1));
  });
}
