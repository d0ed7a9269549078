import type { Observation } from "../../model/memory-observation.ts";
import { isEmpty, isLight, meaningsOf } from "./words/meanings-of.ts";

type Key = Pick<Observation, "subject" | "predicate" | "value">;

/**
 * The key of a fact that is said again. What memory read off a sentence ("web | uses | V") it reads off it again: as a key it would be
 * told apart from what others say of it without one.
 */
export function saidKey({ subject, predicate, value }: Key): Key {
  if ([subject, predicate, value].some((part) => part == null || part === "")) return {};
  const words = meaningsOf(predicate ?? "");
  return words.every((word) => isLight(word) || isEmpty(word)) ? {} : { subject, predicate, value };
}
