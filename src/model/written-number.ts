/** A whole number with a comma between thousands: `1,204`. The engine's own formatting by locale takes 10 ms to load, a sixth of what a search may take. */
export function writtenNumber(number: number): string {
  return String(number).replace(/\B(?=(?:\d{3})+$)/g, ',');
}
