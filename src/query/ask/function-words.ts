/**
 * English words that hold a sentence together rather than say what it is about: articles, pronouns, prepositions,
 * conjunctions, auxiliary and question words, forms of address, and the halves that contractions are cut into ("didn't" is "didn" "t").
 * The closed classes of the grammar, so that the list need not know any collection. Words of time and place that carry
 * evidence ("before", "after", "first", "never") are left out.
 */
const functionWords: ReadonlySet<string> = new Set(
  [
    'a an the this that these those some any each every either neither both all such same other another',
    'i me my mine myself we us our ours ourselves you your yours yourself yourselves he him his himself',
    'she her hers herself it its itself they them their theirs themselves one who whom whose which what',
    'whatever whoever whichever anyone anything someone something there here',
    'about above across against along among around as at below beneath beside besides between beyond by down',
    'during for from in into of off on onto out over per through throughout to toward towards under up upon via',
    'with within without than',
    'and or nor but if though although because since so then thus therefore however whether while unless',
    'be am is are was were been being do does did doing done have has had having can could may might must shall',
    'should will would ought',
    'when where why how not no just only very too also more most much many few less own',
    'didn doesn don wasn weren isn aren hasn haven hadn couldn wouldn shouldn mustn ain won t s d ll m re ve',
    'please tell mr mrs ms miss mx sir madam ma',
  ].flatMap((line) => line.split(' ')),
);

/** Whether a term, as the tokenizer gives it, is a function word. */
export function isFunctionWord(term: string): boolean {
  return functionWords.has(term);
}
