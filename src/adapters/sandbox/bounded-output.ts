/** Keeps the head and the tail of an output of any length; what lies between is counted and dropped. */
export function createBoundedOutput(options: {
  readonly headBytes: number;
  readonly tailBytes: number;
}): {
  readonly add: (chunk: Buffer) => void;
  readonly text: () => string;
} {
  const head: Buffer[] = [];
  let headBytes = 0;
  let tail: Buffer[] = [];
  let tailBytes = 0;
  let dropped = 0;

  function addToTail(chunk: Buffer): void {
    tail.push(chunk);
    tailBytes += chunk.length;
    // Trimmed only once it has doubled, so that many small chunks do not each copy the tail.
    if (tailBytes < options.tailBytes * 2) return;
    const all = Buffer.concat(tail);
    const kept = all.subarray(all.length - options.tailBytes);
    dropped += all.length - kept.length;
    tail = [Buffer.from(kept)];
    tailBytes = kept.length;
  }

  return {
    add: (chunk) => {
      const room = options.headBytes - headBytes;
      if (room > 0) {
        head.push(chunk.subarray(0, room));
        headBytes += Math.min(room, chunk.length);
      }
      if (chunk.length > room) addToTail(room > 0 ? chunk.subarray(room) : chunk);
    },
    text: () => {
      const end = Buffer.concat(tail);
      const kept = end.subarray(Math.max(0, end.length - options.tailBytes));
      const cut = dropped + end.length - kept.length;
      const middle = cut === 0 ? "" : `\n… ${cut} bytes of output cut here …\n`;
      return `${Buffer.concat(head).toString("utf8")}${middle}${kept.toString("utf8")}`;
    },
  };
}
