import { resolveValue } from "../core/expression/resolve.ts";
import { isTooDeep, levelsMax } from "../core/is-too-deep.ts";
import { failure } from "../model/failure.ts";
import type { OutputSpec, Value } from "../model/plan.ts";
import { err, ok, type Result } from "../model/result.ts";
import type { Unit } from "../model/unit.ts";
import type { RunFiles } from "../ports/run-files.ts";

/** Reads a unit's declared outputs from its output folder; an agent's own values of the same name come first. */
export async function readOutputs(
  files: RunFiles,
  unit: Unit,
  from: { readonly outDir: string; readonly delivered: Readonly<Record<string, unknown>> },
): Promise<Result<Readonly<Record<string, Value>>>> {
  const outputs: Record<string, Value> = {};
  for (const [name, spec] of Object.entries(unit.outputs)) {
    const delivered = from.delivered[name];
    const value =
      delivered === undefined
        ? await readOutput(files, unit, { name, spec, outDir: from.outDir })
        : ok(delivered as Value);
    if (!value.ok) return value;
    if (isTooDeep(value.value))
      return err(failure("output", `output ${name} is nested deeper than ${levelsMax} levels`));
    outputs[name] = value.value;
  }
  return ok(outputs);
}

async function readOutput(
  files: RunFiles,
  unit: Unit,
  output: { readonly name: string; readonly spec: OutputSpec; readonly outDir: string },
): Promise<Result<Value>> {
  const { name, spec } = output;
  if (spec.kind === "value")
    return resolveValue(spec.value, { matrix: unit.matrix, env: unit.env });
  const text = await files.readOutput(output.outDir, spec.file);
  if (!text.ok) return text;
  if (text.value === undefined) {
    return err(
      failure("output", `output ${name}: ${unit.id} left no file ${spec.file} in $SKEIN_OUT`, {
        hint: `write it in the task's command: … > "$SKEIN_OUT/${spec.file}"`,
      }),
    );
  }
  if (spec.kind === "text") return ok(text.value.trimEnd());
  if (spec.kind === "lines")
    return ok(
      text.value
        .split("\n")
        .map((line) => line.replace(/\r$/, ""))
        .filter((line) => line !== ""),
    );
  return readJson(text.value, { name, file: spec.file, path: spec.path });
}

function readJson(
  text: string,
  output: { readonly name: string; readonly file: string; readonly path: string | undefined },
): Result<Value> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return err(
      failure(
        "output",
        `output ${output.name}: ${output.file} is not JSON: ${(error as Error).message}`,
      ),
    );
  }
  for (const key of output.path === undefined ? [] : output.path.split(".")) {
    const inside: unknown =
      typeof value === "object" && value !== null && Object.hasOwn(value, key)
        ? (value as Record<string, unknown>)[key]
        : undefined;
    if (inside === undefined) {
      return err(
        failure("output", `output ${output.name}: ${output.file} has nothing at ${output.path}`),
      );
    }
    value = inside;
  }
  // Parsed JSON is a Value by construction.
  return ok(value as Value);
}
