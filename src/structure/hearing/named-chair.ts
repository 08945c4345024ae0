import type { HearingEvent } from './events.ts';
import { hasHonour } from './labels.ts';
import { remembering, surname } from './speaker-names.ts';

/**
 * The label of a chair who is named instead of called "THE CHAIR": one with an honour that is no witness and speaks
 * more often than anyone else with one.
 */
export function namedChair(events: readonly HearingEvent[]): string | undefined {
  const surnameOf = remembering(surname);
  const honoured = remembering(hasHonour);
  const counts = new Map<string, number>();
  const witnesses = new Set<string>();
  for (const event of events) {
    if (event.type === 'label' && honoured(event.label.printed)) {
      counts.set(event.label.printed, (counts.get(event.label.printed) ?? 0) + 1);
    } else if (
      event.type === 'apart' &&
      event.heading.type === 'witness' &&
      event.heading.name !== undefined
    ) {
      witnesses.add(surnameOf(event.heading.name));
    }
  }
  let best: string | undefined;
  for (const [label, count] of counts) {
    if (!witnesses.has(surnameOf(label)) && count > (best === undefined ? 0 : (counts.get(best) ?? 0)))
      best = label;
  }
  return best;
}
