import type { XmlAttributes, XmlHandler } from '../docx/xml.ts';
import type { OdfEncryption } from './encryption.ts';

/** `META-INF/manifest.xml`: hand it the member's events, then ask. */
export class OdfManifest implements XmlHandler {
  readonly types = new Map<string, string>();
  readonly encryptions = new Map<string, OdfEncryption>();
  private size = 0;
  private path = '';
  private current: OdfEncryption | undefined;

  open(name: string, attributes: XmlAttributes): void {
    const text = (attribute: string) => attributes[`manifest:${attribute}`] ?? '';
    const bytes = (attribute: string) => new Uint8Array(Buffer.from(text(attribute), 'base64'));
    if (name === 'manifest:file-entry') {
      this.path = text('full-path');
      this.size = Number(text('size')) || 0;
      this.types.set(this.path, text('media-type'));
    } else if (name === 'manifest:encryption-data')
      this.current = {
        checksumType: text('checksum-type'),
        checksum: bytes('checksum'),
        algorithm: '',
        vector: new Uint8Array(),
        derivation: '',
        salt: new Uint8Array(),
        iterations: 1,
        startKey: 'sha1',
        size: this.size,
      };
    else if (this.current === undefined) return;
    else if (name === 'manifest:algorithm') {
      this.current.algorithm = text('algorithm-name');
      this.current.vector = bytes('initialisation-vector');
    } else if (name === 'manifest:key-derivation') {
      this.current.derivation = text('key-derivation-name');
      this.current.salt = bytes('salt');
      this.current.iterations = Number(text('iteration-count')) || 1;
    } else if (name === 'manifest:start-key-generation')
      this.current.startKey = text('start-key-generation-name');
  }

  close(name: string): void {
    if (name !== 'manifest:encryption-data' || this.current === undefined) return;
    this.encryptions.set(this.path, this.current);
    this.current = undefined;
  }

  text(): void {
    // the manifest holds no text
  }
}
