/** FNV-1a, 32 bits (http://www.isthe.com/chongo/tech/comp/fnv): spreads names evenly, and is no secret. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1)
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return hash;
}
