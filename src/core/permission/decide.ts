import { join as joinPath } from "node:path/posix";

import type { PermissionRule, Permissions } from "../../model/permission.ts";
import { judgeScript, type Judgement, type SecondOpinion } from "../shell/judge-script.ts";
import { resolvePath } from "../shell/paths/resolve-path.ts";
import type { ShellNode, SimpleCommand } from "../shell/script.ts";
import type { ShellScene } from "../shell/shell-scene.ts";
import { namesTool } from "./is-named.ts";
import {
  type CommandPattern,
  commandPattern,
  concernsCommand,
  permitsCommand,
} from "./match-command.ts";
import { matchesPath } from "./match-path.ts";
import { parseRule } from "./parse-rule.ts";
import { suggestRule } from "./suggest-rule.ts";

/** What a call touches. */
export type Subject =
  | { readonly kind: "path"; readonly path: string; readonly access: "read" | "write" }
  | { readonly kind: "command"; readonly command: string }
  | { readonly kind: "url"; readonly host: string }
  | { readonly kind: "tool" };

export interface Decision {
  readonly decision: "allow" | "ask" | "deny";
  /** The rule that decided, as it was written. */
  readonly rule?: PermissionRule;
  readonly reasons: readonly string[];
  /** An allowed command: what to run in its place. */
  readonly canonical?: string;
  /** An allowed command only looks; nothing it may change. */
  readonly onlyLooks?: boolean;
  /** The narrowest rule that would allow what is asked about. */
  readonly suggestion?: string;
}

export interface DecideOptions {
  readonly permissions: Permissions;
  readonly scene: ShellScene;
  readonly secondOpinion: SecondOpinion;
  /** Commands that the plan's author already listed: they may run as they are. */
  readonly listed: readonly string[];
}

/** One call's one subject against rules and mode: deny before ask before allow, then what the mode says. */
export function decide(tool: string, subject: Subject, options: DecideOptions): Decision {
  if (subject.kind === "command") return decideCommand(tool, subject.command, options);
  const { rules, mode } = options.permissions;
  for (const decision of ["deny", "ask", "allow"] as const) {
    const rule = rules.find(
      (one) => one.decision === decision && concerns(one, tool, subject, options.scene),
    );
    if (rule !== undefined) return { decision, rule, reasons: [said(rule)] };
  }
  if (subject.kind === "url")
    return {
      ...ask("no rule lets it reach this host"),
      suggestion: `${tool}(domain:${subject.host})`,
    };
  if (subject.kind === "tool") {
    return mode === "trusted"
      ? { decision: "allow", reasons: [] }
      : { ...ask(`no rule lets it use ${tool}`), suggestion: tool };
  }
  if (subject.access === "read") {
    const real = resolvePath(options.scene, options.scene.root, subject.path);
    return real.kind === "known" && real.secret !== undefined
      ? ask(`${subject.path} is a secret (${real.secret})`)
      : { decision: "allow", reasons: [] };
  }
  if (mode === "read-only") return { decision: "deny", reasons: ["the mode is read-only"] };
  return mode === "ask" ? ask("the mode is ask") : { decision: "allow", reasons: [] };
}

function decideCommand(tool: string, command: string, options: DecideOptions): Decision {
  const { permissions, scene, secondOpinion, listed } = options;
  const rules = permissions.rules.flatMap((rule) => {
    const parsed = parseRule(rule.rule);
    if (!parsed.ok || parsed.value.tool !== tool) return [];
    const { specifier } = parsed.value;
    const pattern = specifier === undefined ? undefined : commandPattern(specifier);
    return specifier !== undefined && pattern === undefined ? [] : [{ rule, pattern }];
  });
  const allowing = rules.filter(({ rule }) => rule.decision === "allow");
  const permits = (one: SimpleCommand): boolean =>
    allowing.some(({ pattern }) =>
      pattern === undefined ? isLiteral(one) : permitsCommand(pattern, one),
    );
  const looks = judgeScript(command, { scene, secondOpinion });
  if (looks.decision === "deny") return { decision: "deny", reasons: looks.reasons };
  for (const decision of ["deny", "ask"] as const) {
    const rule = rules.find(
      (one) => one.rule.decision === decision && concernsScript(one.pattern, looks),
    )?.rule;
    if (rule !== undefined) return { decision, rule, reasons: [said(rule)] };
  }
  if (looks.decision === "allow") {
    const { canonical } = looks;
    return {
      decision: "allow",
      reasons: [],
      onlyLooks: true,
      ...(canonical === undefined ? {} : { canonical }),
    };
  }
  if (permissions.mode === "read-only") return { decision: "deny", reasons: looks.reasons };
  if (listed.includes(command.trim())) return { decision: "allow", reasons: ["the plan lists it"] };
  if (permissions.mode === "trusted")
    return { decision: "allow", reasons: ["the mode is trusted"] };
  const [first] = allowing;
  const byRule =
    first === undefined ? looks : judgeScript(command, { scene, secondOpinion, permits });
  if (byRule.decision === "allow" && first !== undefined)
    return { decision: "allow", rule: first.rule, reasons: [said(first.rule)] };
  const suggestion = suggestRule(tool, looks);
  return {
    decision: "ask",
    reasons: byRule.reasons,
    ...(suggestion === undefined ? {} : { suggestion }),
  };
}

/** A rule that narrows holds for text that nobody could read, too: it may well be about it. */
function concernsScript(pattern: CommandPattern | undefined, { script }: Judgement): boolean {
  if (pattern === undefined || script === undefined) return true;
  return commandsOf(script.node).some((command) => concernsCommand(pattern, command));
}

function commandsOf(node: ShellNode): readonly SimpleCommand[] {
  switch (node.kind) {
    case "command":
      return [node, ...node.nested.flatMap(commandsOf)];
    case "subshell":
      return commandsOf(node.node);
    case "function":
      return commandsOf(node.body);
    case "redirected":
      return [...commandsOf(node.node), ...node.nested.flatMap(commandsOf)];
    default:
      return node.nodes.flatMap(commandsOf);
  }
}

function isLiteral({ words }: SimpleCommand): boolean {
  return words.every(({ kind }) => kind === "literal");
}

/** Tools that a rule of this name speaks of: `Edit` is every change of a file, `Read` every look at one. */
const alike: Readonly<Record<string, readonly string[]>> = {
  Edit: ["Edit", "Write", "Codemod"],
  Read: ["Read", "Glob", "Grep", "Codemod"],
};

function concerns(
  { rule, decision }: PermissionRule,
  tool: string,
  subject: Exclude<Subject, { kind: "command" }>,
  scene: ShellScene,
): boolean {
  const parsed = parseRule(rule);
  if (!parsed.ok) return false;
  const { tool: named, specifier } = parsed.value;
  const isNamed = namesTool(named, tool) || alike[named]?.includes(tool) === true;
  if (!isNamed) return false;
  if (
    subject.kind === "path" &&
    (named === "Read") !== (subject.access === "read") &&
    named !== tool
  )
    return false;
  if (specifier === undefined) return true;
  if (subject.kind === "tool") return false;
  if (subject.kind === "url") return isHost(specifier.replace(/^domain:/, ""), subject.host);
  const given = joinPath(subject.path.startsWith("/") ? "/" : scene.root, subject.path);
  const real = resolvePath(scene, scene.root, subject.path);
  return matchesPath(specifier, real.kind === "known" ? [given, real.path] : [given], {
    ...scene,
    // One that narrows holds for what it cannot be asked about in time.
    inDoubt: decision !== "allow",
  });
}

/** `example.org` is that host alone, `*.example.org` those below it. */
function isHost(pattern: string, host: string): boolean {
  const [wanted, actual] = [pattern.toLowerCase(), host.toLowerCase()];
  return wanted.startsWith("*.") ? actual.endsWith(wanted.slice(1)) : actual === wanted;
}

function ask(reason: string): Decision {
  return { decision: "ask", reasons: [reason] };
}

function said({ decision, rule, origin }: PermissionRule): string {
  return `${decision} ${rule} (${origin})`;
}
