import { userInfo } from 'node:os';

/** Who is at the keyboard, as the system knows them; `unknown` where it does not. */
export function personName(): string {
  try {
    return userInfo().username;
  } catch (error) {
    if (error instanceof Error) return 'unknown';
    throw error;
  }
}
