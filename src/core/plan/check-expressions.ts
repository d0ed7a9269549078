import type { Diagnostic } from "../../model/diagnostic.ts";
import type { PlanFile, TaskFile } from "../../model/plan-file.ts";
import { functions } from "../expression/functions.ts";
import { type Node, parseExpression } from "../expression/parse.ts";
import { type TemplatePart, templateParts } from "../expression/resolve.ts";
import { allNeeds } from "./all-needs.ts";
import { needsOf } from "./check-names.ts";
import { checkShellText } from "./check-shell-text.ts";
import type { Path } from "./plan-path.ts";
import type { Source } from "./source.ts";
import { suggest } from "./suggest.ts";
import { whereQuotesHold } from "./where-quotes-hold.ts";

const statusFunctions = ["always", "success", "failure", "cancelled"];
const needFields = ["outputs", "outcome"];
/** Outputs every reduce task has without declaring them. */
const reduceOutputs = ["merged", "failed", "failed_shards", "files", "commit"];

/** Where expressions may stand, and what can be read there. */
interface Place {
  readonly knows: Source["knows"];
  readonly file: PlanFile;
  readonly task: string;
  /** Ids of the steps before this one. */
  readonly steps: readonly string[];
  readonly inSteps: boolean;
}

/** Every expression of the plan: its syntax, the names it reads, and that no value becomes shell text unquoted. */
export function checkExpressions(source: Source, file: PlanFile): readonly Diagnostic[] {
  return Object.entries(file.tasks).flatMap(([id, task]) => {
    const steps = (task.steps ?? []).flatMap((step) => (step.id === undefined ? [] : [step.id]));
    const place: Place = { knows: source.knows, file, task: id, steps, inSteps: false };
    return [...texts(task, ["tasks", id])].flatMap((found) =>
      checkText(source, { ...found, place: placeOf(place, task, found.path) }),
    );
  });
}

function placeOf(place: Place, task: TaskFile, path: Path): Place {
  const index = path[2] === "steps" && typeof path[3] === "number" ? path[3] : undefined;
  if (index === undefined) return place;
  const before = (task.steps ?? [])
    .slice(0, index)
    .flatMap((step) => (step.id === undefined ? [] : [step.id]));
  return { ...place, steps: before, inSteps: true };
}

interface Found {
  readonly path: Path;
  readonly text: string;
}

function* texts(value: unknown, path: Path): Generator<Found> {
  if (typeof value === "string") yield { path, text: value };
  if (Array.isArray(value))
    for (const [index, item] of value.entries()) yield* texts(item, [...path, index]);
  else if (typeof value === "object" && value !== null)
    for (const [key, item] of Object.entries(value)) yield* texts(item, [...path, key]);
}

const bareKeys: ReadonlySet<string | number | undefined> = new Set(["if", "approve"]);
const plainKeys: ReadonlySet<string | number | undefined> = new Set([
  "id",
  "needs",
  "from",
  "base",
]);

function checkText(
  source: Source,
  { path, text, place }: Found & { readonly place: Place },
): readonly Diagnostic[] {
  const key = typeof path.at(-1) === "number" ? path.at(-2) : path.at(-1);
  if (bareKeys.has(key) && !text.includes("${{"))
    return checkOne(source, { path, expression: text, place });
  if (plainKeys.has(key) || (path[3] === "generated" && key !== "run"))
    return text.includes("${{")
      ? [source.at(path, { code: "E-EXPR-PLACE", message: `${key} cannot hold an expression` })]
      : [];
  const parts = templateParts(text);
  if (!parts.ok)
    return [source.at(path, { code: "E-EXPR-UNCLOSED", message: parts.error.message })];
  const held = key === "run" ? whereQuotesHold(parts.value) : undefined;
  return parts.value.flatMap((part, index) => {
    if (part.kind === "text") return [];
    const { expression } = part;
    const isSame = (one: TemplatePart): boolean =>
      one.kind === "expression" && one.expression === expression;
    const piece = {
      text: `\${{${expression}}}`,
      nth: parts.value.slice(0, index).filter(isSame).length,
    };
    const there: Source = { ...source, at: (at, what) => source.at(at, what, piece) };
    const found = checkOne(there, { path, expression, place });
    return held === undefined || found.length > 0
      ? found
      : checkShellText(there, path, { expression, holds: held.has(index) });
  });
}

/** Names of secrets by convention: they must never be pasted into a command, a prompt or a name. */
const secretName = /(?:^|[._])(?:secrets?|token|password|api[_-]?key)\b/i;

function checkOne(
  source: Source,
  {
    path,
    expression,
    place,
  }: { readonly path: Path; readonly expression: string; readonly place: Place },
): readonly Diagnostic[] {
  const node = parseExpression(expression);
  if (!node.ok)
    return [
      source.at(path, {
        code: "E-EXPR-SYNTAX",
        message: `${JSON.stringify(expression.trim())}: ${node.error.message}`,
      }),
    ];
  if (secretName.test(expression))
    return [
      source.at(path, {
        code: "E-SECRET",
        message: "this looks like a secret; it would land in the journal",
        expected: "a variable in the environment of the process that needs it",
      }),
    ];
  return [...namesIn(node.value)].flatMap((name) => {
    const problem = nameProblem(name, place);
    return problem === undefined ? [] : [source.at(path, problem)];
  });
}

type Name = Extract<Node, { kind: "path" | "call" }>;

function* namesIn(node: Node): Generator<Name> {
  if (node.kind === "call") {
    yield node;
    for (const arg of node.args) yield* namesIn(arg);
  }
  if (node.kind === "path") {
    yield node;
    for (const step of node.steps) yield* namesIn(step);
  }
  if (node.kind === "not") yield* namesIn(node.of);
  if (node.kind === "binary") {
    yield* namesIn(node.left);
    yield* namesIn(node.right);
  }
}

type Problem = {
  readonly code: string;
  readonly message: string;
  readonly expected?: string;
  readonly suggestion?: string;
};

function unknown(code: string, message: string, name: string, known: readonly string[]): Problem {
  const meant = suggest(name, known);
  return {
    code,
    message,
    expected: known.length === 0 ? "no name is known here" : `one of ${known.join(", ")}`,
    ...(meant === undefined ? {} : { suggestion: meant }),
  };
}

function nameProblem(node: Name, place: Place): Problem | undefined {
  if (node.kind === "call") {
    const known = [...Object.keys(functions), ...statusFunctions];
    if (!known.includes(node.name))
      return unknown("E-EXPR-FUNCTION", `there is no function ${node.name}()`, node.name, known);
    const args = functions[node.name]?.args ?? [0, 0];
    return node.args.length >= args[0] && node.args.length <= args[1]
      ? undefined
      : {
          code: "E-EXPR-ARGS",
          message: `${node.name}() takes ${args[0] === args[1] ? args[0] : `${args[0]} to ${args[1]}`} values, not ${node.args.length}`,
        };
  }
  const keys = node.steps.map((step) => (step.kind === "value" ? String(step.value) : undefined));
  return rootProblem(node.root, keys, place);
}

function rootProblem(
  root: string,
  [first, second, third]: readonly (string | undefined)[],
  place: Place,
): Problem | undefined {
  const task = place.file.tasks[place.task];
  const keyed = (names: readonly string[], from?: Path): Problem | undefined =>
    first === undefined || names.includes(first) || (from !== undefined && !place.knows(from))
      ? undefined
      : unknown("E-VAR-UNKNOWN", `there is no ${root}.${first} here`, first, names);
  switch (root) {
    case "vars":
      return keyed(Object.keys(place.file.vars ?? {}), ["vars"]);
    case "matrix":
      return keyed(
        [task?.strategy?.matrix ?? {}, ...(task?.strategy?.include ?? [])].flatMap((entry) =>
          Object.keys(entry),
        ),
        ["tasks", place.task, "strategy"],
      );
    case "env":
      return keyed(Object.keys(task?.env ?? {}), ["tasks", place.task, "env"]);
    case "needs":
      return needProblem([first, second, third], place);
    case "steps":
      return first === undefined ||
        place.steps.includes(first) ||
        !place.knows(["tasks", place.task, "steps"])
        ? undefined
        : unknown(
            "E-STEP-UNKNOWN",
            `there is no earlier step "${first}" in this task`,
            first,
            place.steps,
          );
    case "changes":
      return place.inSteps
        ? keyed(["any"])
        : { code: "E-VAR-UNKNOWN", message: "changes is known in steps only, as changes.any" };
    case "run":
      return keyed(["id"]);
    case "workspace":
      return keyed(["sha"]);
    case "repos":
      return undefined;
    default:
      return unknown("E-VAR-UNKNOWN", `there is no "${root}"`, root, [
        "vars",
        "needs",
        "matrix",
        "steps",
        "changes",
        "env",
        "run",
        "workspace",
      ]);
  }
}

function needProblem(
  [need, field, name]: readonly (string | undefined)[],
  place: Place,
): Problem | undefined {
  if (need === undefined) return undefined;
  const { tasks } = place.file;
  const needsIn = (id: string): readonly string[] => needsOf(tasks[id] ?? {});
  const needed = tasks[need];
  if (needed === undefined && !place.knows(["tasks", need])) return undefined;
  if (needed === undefined)
    return unknown("E-NEED-UNKNOWN", `there is no task "${need}"`, need, Object.keys(tasks));
  const all = allNeeds(place.task, needsIn);
  if (
    !all.includes(need) &&
    [place.task, ...all].every((id) => place.knows(["tasks", id, "needs"]))
  )
    return {
      code: "E-NEED-UNDECLARED",
      message: `needs.${need} is read, but "${need}" is not among what this task needs`,
      expected: `needs: [${[...needsIn(place.task), need].join(", ")}]`,
    };
  if (field !== undefined && !needFields.includes(field))
    return unknown("E-VAR-UNKNOWN", `there is no needs.${need}.${field}`, field, needFields);
  if (field !== "outputs" || name === undefined) return undefined;
  const outputs = [
    ...Object.keys(needed.outputs ?? {}),
    ...(needed.reduce === undefined ? [] : reduceOutputs),
    ...(needed.shard === undefined ? [] : ["shards", "files"]),
  ];
  return outputs.includes(name) || !place.knows(["tasks", need])
    ? undefined
    : unknown("E-OUTPUT-UNKNOWN", `task ${need} declares no output "${name}"`, name, outputs);
}
