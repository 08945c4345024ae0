import type { PageCharacter } from './page-contents.ts';
import { boxAlong, type CharacterPlace, type RunBuilder } from './run-builder.ts';
import type { Sight, Verdict } from './sight.ts';

interface Character {
  readonly text: string;
  readonly place: CharacterPlace;
  readonly verdict: Verdict;
  /** The file draws it as the beginning of a new piece. */
  readonly beginsPiece: boolean;
}

/**
 * Hands characters on to a builder of runs by whole words: a word of which more characters are hidden than seen is
 * hidden, so that a black box that leaves half a letter of a name free does not tear the name apart.
 */
export class JudgedWords {
  readonly #builder: RunBuilder;
  readonly sight: Sight;
  #word: Character[] = [];
  #last: Verdict = 'seen';
  /** Characters so far, and those of them that stand for a picture. */
  count = 0;
  ofPictures = 0;

  constructor(builder: RunBuilder, sight: Sight) {
    this.#builder = builder;
    this.sight = sight;
  }

  add({ text, place, object, separation, beginsPiece }: PageCharacter, isTiny: boolean): void {
    if (separation !== 'none') {
      this.flush();
      this.#builder.separate(separation);
    }
    const verdict = isTiny ? 'unseen' : this.sight.of(object, bodyOf(place));
    this.#word.push({ text, place: { ...place }, verdict, beginsPiece });
    this.count++;
    if (verdict === 'layer') this.ofPictures++;
  }

  /** To be called where the last word ends. */
  flush(): void {
    if (this.#word.length === 0) return;
    const hidden = this.#isHidden();
    for (const { text, place, beginsPiece } of this.#word) {
      if (beginsPiece) this.#builder.separate('piece');
      this.#builder.add(text, place, hidden ? 'hidden' : undefined);
    }
    this.#word = [];
  }

  /** What is too small to say goes with the word before. */
  #isHidden(): boolean {
    const count = (wanted: Verdict) => this.#word.filter(({ verdict }) => verdict === wanted).length;
    const unseen = count('unseen');
    const seen = count('seen') + count('layer');
    if (unseen + seen > 0) this.#last = unseen > seen ? 'unseen' : 'seen';
    return this.#last === 'unseen';
  }
}

/** Where the ink of a letter is: above the baseline, clear of its neighbours. */
function bodyOf({ direction, from, to, baseline, em }: CharacterPlace) {
  const margin = 0.1 * (to - from);
  return boxAlong(direction, from + margin, to - margin, baseline - 0.72 * em, baseline);
}
