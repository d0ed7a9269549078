/** A conflicted file as it is now, and as it is on both sides. */
export interface AnsweredFile {
  readonly text: string;
  readonly sides: readonly string[];
  /** Characters of a marker, as `.gitattributes` has it for this file. */
  readonly markerSize: number;
}

/** The first line that can only be a conflict marker: neither side has it. Undefined: none is left. */
export function leftMarker({ text, sides, markerSize }: AnsweredFile): string | undefined {
  const own = new Set(sides.flatMap((side) => side.split("\n")));
  const least = Math.min(markerSize, usualSize);
  const marker = new RegExp(
    String.raw`^(?:<{${least},}(?: .*)?|\|{${least},}(?: .*)?|>{${least},}(?: .*)?|={${markerSize}}|={${usualSize}})\r?$`,
  );
  return text.split("\n").find((line) => marker.test(line) && !own.has(line));
}

const usualSize = 7;
