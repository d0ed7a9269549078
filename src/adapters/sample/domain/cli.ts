import { gives, type ModuleSpec, type PackageSpec } from "../spec.ts";
import { capital, entities, type Entity, exampleOf, type Field } from "./entities.ts";

export const cli: PackageSpec = {
  name: "cli",
  about: "The command line of the office: lists, prices, revenue.",
  modules: [
    {
      name: "arguments",
      about: "What was asked for.",
      body: `
/** \`gander invoices --limit 5\` as { command, limit, json }. */
export function readArguments(argv) {
  const { positionals, values } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: { limit: { type: "string", default: "20" }, json: { type: "boolean", default: false } },
  });
  return { command: positionals[0] ?? "help", limit: Number(values.limit), json: values.json };
}`,
      cases: [
        gives(
          "a limit is a number",
          'readArguments(["invoices", "--limit", "5"])',
          '{ command: "invoices", limit: 5, json: false }',
        ),
      ],
    },
    {
      name: "table",
      about: "Tables of text.",
      body: `
/** Columns as wide as their widest cell. */
export function renderTable(head, rows) {
  const all = [head, ...rows];
  const widths = head.map((_, at) => Math.max(...all.map((row) => row[at].length)));
  return all.map((row) => row.map((cell, at) => cell.padEnd(widths[at])).join("  ").trimEnd());
}`,
      cases: [
        gives(
          "columns line up",
          'renderTable(["id", "to"], [["10", "Graz"], ["7", "Bremen"]])',
          '["id  to", "10  Graz", "7   Bremen"]',
        ),
      ],
    },
    ...entities.map(commandModule),
    {
      name: "revenue-command",
      about: "Revenue by quarter.",
      body: `
export async function revenueCommand(store) {
  // Loaded when it is asked for: most calls never need the price code.
  const { revenueByQuarter } = await import("../../billing/src/index.js");
  const { formatMoney: print } = await import("../../money/src/index.js");
  const invoices = (await store.invoices.all()).map((one) => ({ issued: one.due, net: one.total }));
  return revenueByQuarter(invoices).map(([quarter, net]) => \`\${quarter} \${print(net)}\`);
}`,
      cases: [gives("no invoices, no revenue", "await revenueCommand(openStore())", "[]")],
    },
    {
      name: "export-command",
      about: "Writes a list to a file, packed when its name ends in .gz.",
      body: `
export async function exportCommand(rows, file) {
  const text = toCsv(rows);
  const { gzipSync } = await import("zlib");
  await writeFile(file, file.endsWith(".gz") ? gzipSync(text) : text);
  return \`\${rows.length} rows in \${basename(file)}\`;
}`,
      cases: [
        gives(
          "it says what it wrote",
          'await exportCommand([["a"]], join(await mkdtemp(join(tmpdir(), "gander-")), "x.csv.gz"))',
          '"1 rows in x.csv.gz"',
        ),
      ],
    },
    {
      name: "main",
      about: "Runs a command and gives what to print.",
      body: `
const COMMANDS = {
${entities.map((one) => `  ${one.many}: ${one.many}Command,`).join("\n")}
  revenue: revenueCommand,
};

export async function runGander(argv, store) {
  const asked = readArguments(argv);
  const command = COMMANDS[asked.command];
  if (command === undefined) return ["commands:", ...Object.keys(COMMANDS).map((name) => \`  \${name}\`)];
  const lines = await command(store, asked);
  return asked.json ? [inspect(lines)] : lines;
}`,
      cases: [
        gives(
          "without a command there is help",
          "(await runGander([], openStore()))[0]",
          '"commands:"',
        ),
        gives(
          "an empty list has its head",
          '(await runGander(["invoices"], openStore())).length',
          "1",
        ),
      ],
    },
  ],
};

function commandModule(entity: Entity): ModuleSpec {
  const Many = capital(entity.many);
  const heads = ["id", ...entity.fields.map((one) => one.name)].map((name) => `"${name}"`);
  return {
    name: `${entity.many}-command`,
    about: `Lists ${entity.many}.`,
    body: `
/** The row of one ${entity.one}. */
function rowOf(one) {
  return [${["one.id", ...entity.fields.map(cell)].join(", ")}];
}

export async function ${entity.many}Command(store, { limit = 20 } = {}) {
  const ${entity.many} = await store.${entity.many}.all();
  return renderTable([${heads.join(", ")}], ${entity.many}.slice(0, limit).map(rowOf));
}

export function add${Many}(store, records) {
  return Promise.all(records.map((record) => store.${entity.many}.add(record)));
}`,
    cases: [
      gives("an empty list is a head", `(await ${entity.many}Command(openStore())).length`, "1"),
      gives(
        "what was added is kept",
        `(await add${Many}(openStore(), [${exampleOf(entity)}]))[0].id`,
        `"${entity.one}-1"`,
      ),
    ],
  };
}

function cell({ name, kind }: Field): string {
  return {
    text: `one.${name}`,
    money: `formatMoney(one.${name})`,
    weight: `formatWeight(one.${name})`,
    day: `formatDay(one.${name})`,
  }[kind];
}
