/** Two texts are near-duplicates when they have this share of their shingles in common, unless another is asked for. */
export const nearEnough = 0.8;
/** The least share that can be asked for: below it pairs would be missed. */
export const leastAlike = 0.5;
