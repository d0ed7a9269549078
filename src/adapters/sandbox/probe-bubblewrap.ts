import { execa } from "execa";

import { namespaceArgs, type SandboxFeatures } from "./bubblewrap-args.ts";

export type Probed =
  | { readonly works: true; readonly features: SandboxFeatures }
  /** `code`: what the system said when it did not start it. */
  | { readonly works: false; readonly reason: string; readonly code?: string | undefined };

/** bubblewrap may be installed and yet forbidden, so it is tried, with the very arguments that commands will get. */
export async function probeBubblewrap(): Promise<Probed> {
  const help = await execa("bwrap", ["--help"], { reject: false, stdin: "ignore" });
  const notStarted = { works: false, reason: "bubblewrap is not installed" } as const;
  if (help.exitCode === undefined) return { ...notStarted, code: help.code };
  const features = {
    noNestedNamespaces: help.stdout.includes("--disable-userns"),
    sizes: help.stdout.includes("--size"),
  };
  const candidates = [features, { ...features, noNestedNamespaces: false }];
  let said = "";
  for (const candidate of candidates) {
    const args = [...namespaceArgs(candidate), "--unshare-net", "--", "true"];
    const tried = await execa("bwrap", args, { reject: false, stdin: "ignore" });
    if (tried.exitCode === 0) return { works: true, features: candidate };
    said = tried.stderr.trim().split("\n")[0] ?? "";
  }
  return { works: false, reason: `bubblewrap does not work here: ${said}` };
}
