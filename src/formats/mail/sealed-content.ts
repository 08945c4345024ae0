import * as asn1js from 'asn1js';

/** What an S/MIME file holds (RFC 5652): a message that is only signed can be read by anybody. */
export type Seal = { readonly kind: 'signed'; readonly content: Uint8Array } | { readonly kind: 'encrypted' };

const signedData = '1.2.840.113549.1.7.2';
const encryptedKinds = new Set([
  '1.2.840.113549.1.7.3', // enveloped
  '1.2.840.113549.1.7.4', // signed and enveloped
  '1.2.840.113549.1.7.6', // encrypted
  '1.2.840.113549.1.9.16.1.23', // authenticated and enveloped
]);

/** Undefined when the bytes are no such file, or hold no content (certificates alone). */
export function openSeal(bytes: Uint8Array): Seal | undefined {
  const { offset, result } = asn1js.fromBER(Uint8Array.from(bytes).buffer);
  if (offset < 0 || !(result instanceof asn1js.Sequence)) return undefined;
  const [kind, wrapped] = result.valueBlock.value;
  if (!(kind instanceof asn1js.ObjectIdentifier)) return undefined;
  const type = kind.valueBlock.toString();
  if (encryptedKinds.has(type)) return { kind: 'encrypted' };
  const content = type === signedData ? signedContent(inside(wrapped)) : undefined;
  return content && { kind: 'signed', content };
}

/** SignedData: version, digest algorithms, then the content with its type. */
function signedContent(data: asn1js.BaseBlock | undefined): Uint8Array | undefined {
  if (!(data instanceof asn1js.Sequence)) return undefined;
  const content = data.valueBlock.value[2];
  const octets = content instanceof asn1js.Sequence ? inside(content.valueBlock.value[1]) : undefined;
  return octets instanceof asn1js.OctetString ? new Uint8Array(octets.getValue()) : undefined;
}

/** What stands in an explicit tag. */
function inside(tagged: unknown): asn1js.BaseBlock | undefined {
  return tagged instanceof asn1js.Constructed ? tagged.valueBlock.value[0] : undefined;
}
