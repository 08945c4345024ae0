/**
 * Makes a test for a pattern in which `*` stands for any run of characters, `?` for one character and, where
 * `digits` is set, `=` for one digit. The whole text must match. Time is linear in practice and bounded by the product
 * of both lengths: no pattern runs away.
 */
export function compileWildcard(pattern: string, digits: boolean): (text: string) => boolean {
  const signs = digits ? /[*?=]/ : /[*?]/;
  const inner = pattern.replace(/^\*/, '').replace(/\*$/, '');
  if (!signs.test(inner)) {
    const open = pattern.startsWith('*');
    const ajar = pattern.endsWith('*') && pattern !== '*';
    if (open && ajar) return (text) => text.includes(inner);
    if (open) return (text) => text.endsWith(inner);
    return ajar ? (text) => text.startsWith(inner) : (text) => text === inner;
  }
  const shape = [...pattern];
  return (text) => matches(shape, [...text], digits);
}

/** Greedy, going back no further than to the last `*`: a longer run for an earlier one cannot help. */
function matches(shape: readonly string[], text: readonly string[], digits: boolean): boolean {
  let star = -1;
  let resume = 0;
  let at = 0;
  let sign = 0;
  while (at < text.length) {
    if (shape[sign] === '*') {
      star = sign++;
      resume = at;
    } else if (sign < shape.length && stands(shape[sign], text[at], digits)) {
      sign++;
      at++;
    } else if (star >= 0) {
      sign = star + 1;
      at = ++resume;
    } else return false;
  }
  while (shape[sign] === '*') sign++;
  return sign === shape.length;
}

function stands(sign: string | undefined, character: string | undefined, digits: boolean): boolean {
  if (sign === '?') return true;
  if (sign === '=' && digits) return character !== undefined && /^\p{Nd}$/u.test(character);
  return sign === character;
}
