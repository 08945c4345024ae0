import iconv from 'iconv-lite';
import { type Binary, PositionTable } from '../binary.ts';
import type { FileInformation } from './file-information.ts';

interface Piece {
  /** Character positions, the end not included. */
  readonly start: number;
  readonly end: number;
  /** Offset in the stream of its first character. */
  readonly offset: number;
  readonly bytesPerCharacter: 1 | 2;
  /** What was done to the whole piece in a fast save. */
  readonly modifiers: Binary | undefined;
}

/** The text of a document in the order of its character positions, one UTF-16 unit each (MS-DOC 2.4.1). */
export class PieceTable {
  readonly text: string;
  /** What is missing, when the tables are damaged. */
  readonly problem: string | undefined;
  private readonly pieces: readonly Piece[];
  private last = 0;

  constructor(file: FileInformation) {
    const pieces = piecesOf(file);
    this.pieces = pieces.length > 0 ? pieces : plainPieces(file);
    this.text = this.pieces.map((piece) => textOf(file.main, piece)).join('');
    if (pieces.length === 0 && !file.isOld)
      this.problem = 'The table that puts the text in order is missing; the text is given as it is stored.';
  }

  /** Where a character stands in the stream, and how far on the piece that it is in goes. */
  locate(position: number): { readonly offset: number; readonly piece: Piece } | undefined {
    const piece = this.pieceAt(position);
    if (piece === undefined) return undefined;
    return { offset: piece.offset + (position - piece.start) * piece.bytesPerCharacter, piece };
  }

  private pieceAt(position: number): Piece | undefined {
    const near = this.pieces[this.last];
    if (near !== undefined && position >= near.start && position < near.end) return near;
    let low = 0;
    let high = this.pieces.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.pieces[middle]?.start ?? 0) <= position) low = middle + 1;
      else high = middle;
    }
    this.last = Math.max(0, low - 1);
    const found = this.pieces[this.last];
    return found !== undefined && position >= found.start && position < found.end ? found : undefined;
  }
}

const modifierMark = 1;
const piecesMark = 2;

function piecesOf(file: FileInformation): readonly Piece[] {
  const table = file.table('pieces');
  const changes: Binary[] = [];
  let at = 0;
  while (table.byte(at) === modifierMark && at < table.length) {
    const length = table.short(at + 1);
    changes.push(table.part(at + 3, length));
    at += 3 + length;
  }
  if (table.byte(at) !== piecesMark) return [];
  const entries = new PositionTable(table.part(at + 5, table.long(at + 1)), 8);
  const pieces: Piece[] = [];
  let start = 0;
  // No character stands in two pieces: more than the stream has bytes is damage, or worse.
  for (let index = 0; index < entries.count && start < file.main.length; index++) {
    const length = entries.position(index + 1) - entries.position(index);
    const piece = pieceOf(entries.entry(index), start, length, file, changes);
    if (piece === undefined) continue;
    pieces.push(piece);
    start = piece.end;
  }
  return pieces;
}

/** Never longer than the stream: a damaged length must not make text out of nothing. */
function pieceOf(
  entry: Binary,
  start: number,
  length: number,
  file: FileInformation,
  changes: readonly Binary[],
): Piece | undefined {
  const place = entry.long(2);
  const narrow = file.isOld || (place & 0x40000000) !== 0;
  const offset = file.isOld ? place : narrow ? (place & 0x3fffffff) >>> 1 : place & 0x3fffffff;
  const bytesPerCharacter = narrow ? 1 : 2;
  const most = Math.floor((file.main.length - offset) / bytesPerCharacter);
  const kept = Math.min(length, most, file.main.length - start);
  if (kept <= 0) return undefined;
  const change = entry.short(6);
  const modifiers = (change & 1) === 1 ? changes[change >>> 1] : undefined;
  return { start, end: start + kept, offset, bytesPerCharacter, modifiers };
}

function plainPieces(file: FileInformation): readonly Piece[] {
  const { start, end } = file.plainText;
  const length = Math.min(end, file.main.length) - start;
  if (length <= 0) return [];
  return [{ start: 0, end: length, offset: start, bytesPerCharacter: 1, modifiers: undefined }];
}

function textOf(main: Binary, { start, end, offset, bytesPerCharacter }: Piece): string {
  const bytes = main.slice(offset, (end - start) * bytesPerCharacter);
  return bytesPerCharacter === 1
    ? iconv.decode(Buffer.from(bytes), 'windows-1252')
    : Buffer.from(bytes).toString('utf16le');
}
