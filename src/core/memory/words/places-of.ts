/** Where a text has a part that stands for itself: `80` is not in `8080`. */
export function placesOf(text: string, part: string): readonly number[] {
  const places: number[] = [];
  for (let at = text.indexOf(part); at !== -1; at = text.indexOf(part, at + 1)) {
    const [before, after] = [text[at - 1] ?? " ", text[at + part.length] ?? " "];
    if (!/[\p{L}\p{N}_]/u.test(before) && !/[\p{L}\p{N}_]/u.test(after)) places.push(at);
  }
  return places;
}
