export type Row = Readonly<Record<string, string | number>>;

/** Prints the rows as a table, or as JSON with `--json`. The columns are the keys of the first row. */
export function print(title: string, rows: readonly Row[]): void {
  if (process.argv.includes("--json")) {
    console.log(JSON.stringify({ title, node: process.version, rows }));
    return;
  }
  const head = Object.keys(rows[0] ?? {});
  const cells = [head, ...rows.map((row) => head.map((key) => shown(row[key])))];
  const widths = head.map((_, at) => Math.max(...cells.map((row) => row[at]?.length ?? 0)));
  console.log(`\n${title}\n`);
  for (const row of cells) {
    console.log(
      row
        .map((cell, at) =>
          at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0),
        )
        .join("  "),
    );
  }
}

function shown(value: string | number | undefined): string {
  if (typeof value !== "number") return value ?? "";
  return value >= 100 ? value.toFixed(0) : value.toFixed(2);
}
