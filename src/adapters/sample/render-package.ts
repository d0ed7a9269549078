import { exportsOf, importLines, type Origin } from "./imports.ts";
import type { Case, ModuleSpec, PackageSpec } from "./spec.ts";

/** Files of one package, by path from the top of the workspace. */
export function renderPackage(
  of: PackageSpec,
  origins: ReadonlyMap<string, Origin>,
): ReadonlyMap<string, string> {
  const folder = `packages/${of.name}`;
  const files = new Map<string, string>([
    [`${folder}/package.json`, packageJson(of)],
    [`${folder}/README.md`, readme(of)],
    [`${folder}/src/index.js`, indexFile(of)],
  ]);
  for (const module of of.modules) {
    files.set(`${folder}/src/${module.name}.js`, sourceFile(of, module, origins));
    if (module.cases !== undefined) {
      files.set(`${folder}/test/${module.name}.test.js`, testFile(of, module.cases, origins));
    }
  }
  return files;
}

function packageJson(of: PackageSpec): string {
  const manifest = {
    name: `@gander/${of.name}`,
    version: "1.4.0",
    private: true,
    description: of.about,
    type: "module",
    exports: "./src/index.js",
    scripts: { test: `node ../../tools/test.js ${of.name}` },
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

function readme(of: PackageSpec): string {
  const rows = of.modules.map(
    (module) =>
      `| \`${module.name}\` | ${exportsOf(module)
        .map((name) => `\`${name}\``)
        .join(", ")} | ${module.about} |`,
  );
  return [
    `# @gander/${of.name}`,
    "",
    of.about,
    "",
    "| module | exports | what for |",
    "|--|--|--|",
    ...rows,
    "",
  ].join("\n");
}

function indexFile(of: PackageSpec): string {
  const lines = of.modules
    .filter((module) => exportsOf(module).length > 0)
    .map((module) => {
      const line = `export { ${exportsOf(module).join(", ")} } from "./${module.name}.js";`;
      return line.length <= 100
        ? line
        : `export {\n${exportsOf(module)
            .map((name) => `  ${name},`)
            .join("\n")}\n} from "./${module.name}.js";`;
    });
  return [`/** ${of.about} */`, ...lines, ""].join("\n");
}

function sourceFile(
  of: PackageSpec,
  module: ModuleSpec,
  origins: ReadonlyMap<string, Origin>,
): string {
  const extra = module.imports ?? [];
  const own = new Set([...exportsOf(module), ...namesIn(extra)]);
  const lines = importLines(module.body, {
    package: of.name,
    own,
    neighbours: ".",
    origins,
  });
  const imports = [...lines, ...extra];
  return [
    `// ${module.about}`,
    ...(imports.length === 0 ? [] : [...imports, ""]),
    `${module.body.trim()}\n`,
  ].join("\n");
}

function namesIn(importTexts: readonly string[]): readonly string[] {
  return importTexts.flatMap((line) => line.match(/[A-Za-z_$][\w$]*/g) ?? []);
}

function testFile(
  of: PackageSpec,
  cases: readonly Case[],
  origins: ReadonlyMap<string, Origin>,
): string {
  const prefix = of.namedAssertions === true ? "" : "assert.";
  const body = cases.map((one) => testCase(one, prefix)).join("\n\n");
  const used = ["deepEqual", "throws"].filter((name) => body.includes(`  ${name}(`));
  const imports = importLines(body, {
    package: of.name,
    own: new Set(["test", "assert"]),
    neighbours: "../src",
    origins,
  });
  return [
    `import ${prefix === "" ? `{ ${used.join(", ")} }` : "assert"} from "assert/strict";`,
    'import test from "node:test";',
    "",
    ...imports,
    ...(imports.length === 0 ? [] : [""]),
    `${body}\n`,
  ].join("\n");
}

function testCase(one: Case, prefix: string): string {
  const asynchronous = one.given.includes("await ");
  const open = `test("${one.title}", ${asynchronous ? "async () => {" : "() => {"}`;
  if (one.gives instanceof RegExp) {
    return [open, `  ${prefix}throws(() => ${one.given}, ${String(one.gives)});`, "});"].join("\n");
  }
  const line = `  ${prefix}deepEqual(${one.given}, ${one.gives});`;
  const broken = `  ${prefix}deepEqual(\n    ${one.given},\n    ${one.gives},\n  );`;
  return [open, line.length <= 100 ? line : broken, "});"].join("\n");
}
