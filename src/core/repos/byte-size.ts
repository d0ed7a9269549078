const units: Readonly<Record<string, number>> = { k: 1e3, m: 1e6, g: 1e9, t: 1e12 };

/** Bytes of `500M`, `2G`, `1.5GB`; undefined for anything else. */
export function byteSize(text: string): number | undefined {
  const match = /^(\d{1,6}(?:\.\d{1,3})?)\s*([kmgt])?b?$/i.exec(text.trim());
  const [, number = "", unit = ""] = match ?? [];
  return match === null ? undefined : Number(number) * (units[unit.toLowerCase()] ?? 1);
}

/** As people read it: three figures. */
export function shownBytes(bytes: number): string {
  const unit = Object.entries(units).findLast(([, size]) => bytes >= size);
  if (unit === undefined) return `${bytes} B`;
  const value = bytes / unit[1];
  return `${value.toFixed(value < 10 ? 1 : 0)} ${unit[0].toUpperCase().replace("K", "k")}B`;
}
