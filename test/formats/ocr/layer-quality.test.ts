import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TextRun } from '../../../src/formats/extraction.ts';
import { countCharacters, type LayerQuality, layerQuality } from '../../../src/formats/ocr/layer-quality.ts';

const box = { left: 0, top: 0, right: 100, bottom: 10 };

function runs(text: string): TextRun[] {
  return text.split('\n').map((line) => ({ text: line, box }));
}

/** Letters as a font without meanings gives them: by the number of the glyph, which is the character less 29. */
function byGlyphNumber(text: string): string {
  return text.replace(/[!-~]/g, (character) => String.fromCharCode(character.charCodeAt(0) - 29));
}

/** Each letter by the next but two. */
function shifted(text: string): string {
  return text.replace(/[a-z]/g, (letter) => String.fromCharCode(((letter.charCodeAt(0) - 97 + 3) % 26) + 97));
}

const english =
  'I was on duty at the front counter on the evening of Friday 21 November 2014 when a man whom I now know to be ' +
  'Mr Pell came in and handed me a mobile telephone in a clear plastic bag. I asked him where he had found it.';
const welsh =
  'Roeddwn i ar ddyletswydd wrth y cownter blaen nos Wener pan ddaeth dyn i mewn a rhoi ffôn symudol i mi mewn bag ' +
  'plastig clir. Gofynnais iddo ble roedd wedi dod o hyd iddo, ac ysgrifennais yr ateb yn fy llyfr nodiadau.';
const polish =
  'Byłem na służbie przy okienku w piątek wieczorem, kiedy wszedł mężczyzna i podał mi telefon komórkowy w ' +
  'przezroczystej torbie. Zapytałem go, gdzie go znalazł, i zapisałem odpowiedź w notatniku służbowym tego dnia.';
const russian =
  'Я дежурил у стойки вечером в пятницу, когда вошёл мужчина и передал мне мобильный телефон в прозрачном пакете. ' +
  'Я спросил его, где он его нашёл, и записал ответ в служебную записную книжку в тот же вечер.';

describe('a text layer', () => {
  test.each<[LayerQuality, string, string, boolean?]>([
    ['none', 'nothing', ''],
    ['none', 'white space and rules', ' \n____\n....'],
    ['good', 'English', english],
    ['good', 'Welsh', welsh],
    ['good', 'Polish', polish],
    ['good', 'Russian', russian],
    ['good', 'a few words on a page of type', 'Appendix A'],
    ['good', 'a table of codes', 'AB12 3CD\nXK71 9QT\nBN45 2LM\nTR88 4PW\nGH03 7VC\nKL19 5ZB'],
    ['good', 'an encoded file', `${'TVqQAAMAAAAEAAAA8AALgAAAAAAAAAQAAAAAAAAGx5dGggbWFkZS'.repeat(8)}`],
    ['good', 'a text on a page that is a picture', english, true],
    ['little', 'a stamp on a page that is a picture', 'INQ000123_0004', true],
    ['garbled', 'numbers of glyphs', byGlyphNumber(english)],
    ['garbled', 'a shifted alphabet', shifted(english.toLowerCase())],
    ['garbled', 'characters of private use', english.replace(/[a-z]/g, '\uf061')],
    ['garbled', 'characters that could not be decoded', '\ufffd\ufffd\ufffd \ufffd\ufffd\ufffd\ufffd 12'],
  ])('is %s: %s', (quality, _, text, isPicture = false) => {
    expect(layerQuality(runs(text), isPicture)).toBe(quality);
  });

  test('is told by the body of the text alone', () => {
    const comment: TextRun = { text: english, box, zone: 'comment' };
    expect(layerQuality([comment], true)).toBe('none');
    expect(layerQuality([comment, ...runs('INQ000123')], true)).toBe('little');
  });
});

test('characters are counted as patterns over the whole text would count them', () => {
  const letters = fc.constantFrom(
    ...'aEyzK 7\n\t\v\u00a0\u2003éŷÆøœΩя٣Ⅷ\ue000\ufffd\u0378ǆ',
    'e\u0301',
    '𝒜',
    '\u{10ffff}',
  );
  const unit = fc.oneof(letters, fc.string({ unit: 'binary', maxLength: 3 }));
  fc.assert(
    fc.property(fc.array(unit), (units) => {
      const text = units.join('');
      const count = (what: RegExp, of = text) => of.match(what)?.length ?? 0;
      expect(countCharacters(units)).toEqual({
        all: text.replace(/\s+/g, '').length,
        letters: count(/[\p{L}\p{N}]/gu),
        latin: count(/\p{Script=Latin}/gu),
        vowels: count(/[aeiouyæøœ]/gi, text.normalize('NFD')),
        strange: count(/[\p{Co}\p{Cn}\ufffd]/gu),
      });
    }),
  );
});
