import type { PackageSpec } from "./spec.ts";

/** Files at the top of the workspace: manifest, guides, documents, tools. */
export function rootFiles(packages: readonly PackageSpec[]): ReadonlyMap<string, string> {
  return new Map([
    ["package.json", packageJson],
    [".gitignore", "node_modules/\n.skein/\n"],
    ["README.md", readme(packages)],
    ["AGENTS.md", agents],
    ["docs/amounts.md", amounts],
    ["docs/new-carrier.md", newCarrier],
    ["docs/release-notes.md", releaseNotes],
    ["tools/test.js", testTool],
    ["tools/count-lines.cjs", countLines],
    ["packages/cli/bin/gander.cjs", launcher],
    ["fixtures/shipments.csv", shipments],
    ["fixtures/audit.jsonl", audit],
  ]);
}

const packageJson = `${JSON.stringify(
  {
    name: "gander",
    private: true,
    type: "module",
    workspaces: ["packages/*"],
    scripts: { test: "node tools/test.js", lines: "node tools/count-lines.cjs" },
    engines: { node: ">=20.19" },
  },
  null,
  2,
)}\n`;

function readme(packages: readonly PackageSpec[]): string {
  return `# gander

Back office of a small freight forwarder: prices shipments, writes invoices, keeps the books.

    npm test
    node packages/cli/bin/gander.cjs invoices

| package | what for |
|--|--|
${packages.map((one) => `| [${one.name}](packages/${one.name}/README.md) | ${one.about} |`).join("\n")}

Packages import each other by path, through the other package's \`src/index.js\`: a fresh checkout runs without an
install, and there is nothing to build. Amounts are whole cents; they become text in \`formatMoney\` and nowhere else.
`;
}

const agents = `# Working on gander

- \`npm test\` runs all tests in one process; \`npm test billing\` those of one package.
- Plain JavaScript, ES modules, types in JSDoc, no dependencies.
- A package is reached through its \`src/index.js\` only. Who renames an export changes every package in the same commit.
- Amounts are printed by \`formatMoney\`, never by hand.
- Names of audit events are stored for ten years and never change.
`;

const amounts = `# Amounts

An amount is a whole number of minor units and a currency. Text is made by \`formatMoney\` and read by \`parseMoney\`;
what formatMoney prints reads back as the same amount:

\`\`\`js
import { formatMoney, makeMoney, parseMoney } from "../packages/money/src/index.js";

parseMoney(formatMoney(makeMoney(129900))); // { minor: 129900, currency: "EUR" }
\`\`\`

For a column use \`formatMoneyColumn\`: it calls formatMoney for each amount and aligns the texts.
`;

const newCarrier = `# Adding a carrier

1. Copy \`packages/routing/src/carrier-road.js\` and change its price and speed.
2. Export it from \`packages/routing/src/index.js\` and add it to \`CARRIERS\` in \`quotes.js\`.
3. \`npm test routing\`
`;

const releaseNotes = `# Release notes

- 1.4.0: \`describeQuotes\` prints prices with \`formatMoney\`; dates follow the depot's holidays.
- 1.3.0: \`formatMoneyColumn\` aligns amounts; \`formatMoney\` takes \`{ symbol: false }\`.
- 1.2.0: surcharges for heavy cargo.
`;

const testTool = `// Runs all test files in this one process: a process per file would spend seconds on starting node.
import { readdirSync } from "fs";
import { dirname, join } from "path";
import { fileURLToPath, pathToFileURL } from "url";

const packages = join(dirname(fileURLToPath(import.meta.url)), "..", "packages");
const wanted = process.argv.slice(2);

const files = readdirSync(packages, { recursive: true })
  .filter((file) => file.endsWith(".test.js"))
  .filter((file) => wanted.length === 0 || wanted.some((name) => file.startsWith(join(name, "test"))))
  .toSorted();

for (const file of files) {
  try {
    await import(pathToFileURL(join(packages, file)).href);
  } catch (error) {
    // A file that cannot even be loaded must not hide what the others find.
    console.error(\`\${file}: \${error.message}\`);
    process.exitCode = 1;
  }
}
`;

const countLines = `// Lines of code per package.
const fs = require("fs");
const path = require("path");

const packages = path.join(__dirname, "..", "packages");
for (const name of fs.readdirSync(packages)) {
  const folder = path.join(packages, name, "src");
  const lines = fs
    .readdirSync(folder)
    .map((file) => fs.readFileSync(path.join(folder, file), "utf8").split("\\n").length)
    .reduce((sum, count) => sum + count, 0);
  console.log(\`\${name.padEnd(10)} \${lines}\`);
}
`;

const launcher = `#!/usr/bin/env node
// Starts the command line on the records in the folder GANDER_HOME.
const os = require("os");
const { join } = require("path");

async function main() {
  const { runGander } = await import("../src/index.js");
  const { createFileTable, openStore } = await import("../../store/src/index.js");
  const home = process.env.GANDER_HOME ?? join(os.homedir(), ".gander");
  const lines = await runGander(process.argv.slice(2), openStore((prefix) => createFileTable(home, prefix)));
  console.log(lines.join("\\n"));
}

main();
`;

const shipments = `id,from,to,weight,value
s-1,MUC,GRZ,12.5 kg,"1,200.00"
s-2,BRE,ANR,2.0 t,"18,500.00"
s-3,RTM,LYS,75.0 kg,640.00
`;

const audit = `{"at":1760000000000,"event":"price:priceShipment","text":"€ 57.50"}
{"at":1760000360000,"event":"print:formatMoney","text":"€ 57.50"}
`;
