import type { AgentEvent, JournalEntry, PaidReply } from "../../model/event.ts";
import { addSpend, noSpend, type Spend } from "../../model/spend.ts";

/**
 * What a model's replies cost is in the journal a moment after the replies are on the disk: a run that is cut off between has
 * paid for some that nobody has counted. Replies that are counted are known by their names.
 */
export function book(booked: Set<string>, event: AgentEvent): Spend {
  if (event.kind === "spent" && event.reply !== undefined) booked.add(event.reply);
  return event.kind === "paid-before" ? bookAll(booked, event.replies) : noSpend;
}

/** Counts those that are not yet; gives what they cost. */
function bookAll(booked: Set<string>, replies: readonly PaidReply[]): Spend {
  let spent = noSpend;
  for (const { reply, spent: own } of replies) {
    if (booked.has(reply)) continue;
    booked.add(reply);
    spent = addSpend(spent, own);
  }
  return spent;
}

/** Names of all replies that a journal has counted. */
export function bookedIn(entries: readonly JournalEntry[]): Set<string> {
  const booked = new Set<string>();
  for (const { event } of entries) if (event.kind === "agent") book(booked, event.event);
  return booked;
}
