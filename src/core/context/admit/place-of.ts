/** `file:12`, `file(12,3)`: the file a line is about. */
export function placeOf(line: string): string | undefined {
  return /^([^\s:(][^:(]{0,300}?)(?::\d+|\(\d+)/.exec(line)?.[1];
}
