/** Lines in a row that say the same but for numbers become one, with how many there were. */
export function foldRepeats(lines: readonly string[]): readonly string[] {
  const folded: string[] = [];
  let before: string | undefined;
  let count = 0;
  const close = (): void => {
    if (count > 2) folded.push(`  … ${count - 1} more like it`);
    else if (count === 2 && last !== undefined) folded.push(last);
  };
  let last: string | undefined;
  for (const line of lines) {
    const shape = shapeOf(line);
    if (shape === before && shape !== "") {
      count += 1;
      last = line;
    } else {
      close();
      folded.push(line);
      before = shape;
      count = 1;
    }
  }
  close();
  return folded;
}

/** Without times, counts and addresses. */
function shapeOf(line: string): string {
  return line
    .replaceAll(/0x[\da-f]+|[\da-f]{12,}/gi, "#")
    .replaceAll(/\d+/g, "#")
    .trim();
}
