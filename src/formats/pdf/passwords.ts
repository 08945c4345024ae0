/**
 * The bytes that programs make of a password, likeliest first: UTF-8 (PDF 2.0 composes it before), and for older
 * files one byte a character. Each form once, in the order of the passwords; the empty password comes first.
 */
export function passwordForms(passwords: readonly string[]): readonly Uint8Array[] {
  const forms = new Map<string, Uint8Array>([['', new Uint8Array()]]);
  for (const password of passwords) {
    for (const form of formsOf(password)) forms.set(form.toString('latin1'), form);
  }
  return [...forms.values()];
}

function formsOf(password: string): readonly Buffer[] {
  const composed = password.normalize('NFKC');
  const utf8 = [Buffer.from(password, 'utf8'), Buffer.from(composed, 'utf8')];
  return /^[\0-\u00ff]*$/.test(composed) ? [...utf8, Buffer.from(composed, 'latin1')] : utf8;
}

/** Why a file under a password was not read, in a sentence. Never names a password. */
export function lockedReason(tried: number): string {
  const locked = 'The PDF is protected by a password';
  if (tried === 0) return `${locked}.`;
  return `${locked}; ${tried === 1 ? 'the one given does not open it' : `none of the ${tried} given opens it`}.`;
}
