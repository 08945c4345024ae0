import type { OfficePackage } from '../docx/package.ts';
import type { XmlAttributes, XmlHandler } from '../docx/xml.ts';
import { decodedPath, localName } from './package-document.ts';

/** `META-INF/container.xml` (EPUB 3.3, 4.2.6.3.1): which member describes the book. */
class Container implements XmlHandler {
  readonly paths: string[] = [];

  open(name: string, attributes: XmlAttributes): void {
    if (localName(name) === 'rootfile') this.paths.push(attributes['full-path'] ?? '');
  }

  close(): void {
    // only attributes count
  }

  text(): void {
    // only attributes count
  }
}

/** The name of the package document; of a damaged file that of the first member that is one by its name. */
export function packageDocumentName(archive: OfficePackage): string | undefined {
  const container = new Container();
  archive.readOptional('META-INF/container.xml', container);
  return (
    container.paths.find((path) => archive.has(path)) ?? archive.names.find((name) => /\.opf$/i.test(name))
  );
}

/** These change the first bytes of fonts, so that they cannot be taken out of the book: nobody is kept from reading it. */
const fontObfuscations = new Set(['http://www.idpf.org/2008/embedding', 'http://ns.adobe.com/pdf/enc#rc']);

/** `META-INF/encryption.xml` (EPUB 3.3, 4.2.6.3.3): hand it the member's events, then ask. */
class Encryption implements XmlHandler {
  /** Lower-case, as names of members are compared. */
  readonly members = new Set<string>();
  private algorithm = '';

  open(name: string, attributes: XmlAttributes): void {
    const element = localName(name);
    if (element === 'encrypteddata') this.algorithm = '';
    else if (element === 'encryptionmethod') this.algorithm ||= attributes['Algorithm'] ?? '';
    else if (element === 'cipherreference' && !fontObfuscations.has(this.algorithm.toLowerCase()))
      this.members.add(
        decodedPath(attributes['URI'] ?? '')
          .replace(/^\//, '')
          .toLowerCase(),
      );
  }

  close(): void {
    // only attributes count
  }

  text(): void {
    // only attributes count
  }
}

/** Whether a member of the book is encrypted. */
export type IsEncrypted = (name: string) => boolean;

export function encryptionOf(archive: OfficePackage): IsEncrypted {
  const encryption = new Encryption();
  archive.readOptional('META-INF/encryption.xml', encryption);
  return (name) => encryption.members.has(name.toLowerCase());
}

/** Members by which schemes of rights management are known. */
const schemes: readonly (readonly [member: string, scheme: string])[] = [
  ['META-INF/license.lcpl', 'Readium LCP'],
  ['META-INF/sinf.xml', 'Apple FairPlay'],
  ['META-INF/rights.xml', 'Adobe ADEPT'],
];

/** Why a book whose chapters are encrypted gives no text. @param byRights whether it is the book that says so, not the archive. */
export function lockedBy(archive: OfficePackage, byRights: boolean): string {
  if (!byRights) return 'The book is protected by a password, in a way that pincite cannot undo.';
  const scheme = schemes.find(([member]) => archive.has(member))?.[1];
  return `The book is encrypted by rights management${scheme === undefined ? '' : ` (${scheme})`}, which pincite cannot undo.`;
}
