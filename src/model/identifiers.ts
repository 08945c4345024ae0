declare const brand: unique symbol;

/** A document's identity: the SHA-256 of its bytes, 64 lower-case hex digits. A part cut out of a bundle has one of its own (see `partId`). */
export type DocumentId = string & { readonly [brand]: 'DocumentId' };

const documentIdPattern = /^[0-9a-f]{64}$/;

/** @throws RangeError when the text is not 64 lower-case hex digits. */
export function documentId(hex: string): DocumentId {
  if (!isDocumentId(hex)) throw new RangeError(`not a document id: ${JSON.stringify(hex)}`);
  return hex;
}

export function isDocumentId(text: string): text is DocumentId {
  return documentIdPattern.test(text);
}

/** How many hex digits of a document's id a reference prints. */
export const referenceIdLength = 12;
