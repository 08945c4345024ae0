import { createRequire } from 'node:module';
import { PageContents } from './page-contents.ts';

/**
 * The functions of PDFium's C interface that are called, straight from the WebAssembly exports: through the package's
 * own wrappers a call costs about 0.5 µs. What is called for each character is called in WebAssembly: see
 * `page-contents.assembly.ts`. All arguments and results are numbers; pointers are offsets into the heap.
 */
const callNames = [
  'malloc',
  'free',
  'FPDF_LoadMemDocument',
  'FPDF_CloseDocument',
  'FPDF_GetLastError',
  'FPDF_GetPageCount',
  'FPDF_GetMetaText',
  'FPDF_GetFormType',
  'FPDF_GetXFAPacketCount',
  'FPDF_GetXFAPacketName',
  'FPDF_GetXFAPacketContent',
  'FPDF_GetSignatureCount',
  'FPDF_GetSignatureObject',
  'FPDFSignatureObj_GetContents',
  'FPDFSignatureObj_GetReason',
  'FPDFSignatureObj_GetTime',
  'FPDFDoc_GetAttachmentCount',
  'FPDFDoc_GetAttachment',
  'FPDFAttachment_GetName',
  'FPDFAttachment_GetFile',
  'FPDF_LoadPage',
  'FPDF_ClosePage',
  'FPDF_GetPageBoundingBox',
  'FPDFPage_GetRotation',
  'FPDFPage_Flatten',
  'FPDF_CreateNewDocument',
  'FPDF_ImportPagesByIndex',
  'FPDFPage_CountObjects',
  'FPDFPage_GetObject',
  'FPDFPageObj_GetType',
  'FPDFPageObj_GetBounds',
  'FPDFFormObj_CountObjects',
  'FPDFFormObj_GetObject',
  'FPDFPageObj_GetBounds',
  'FPDFPageObj_GetMatrix',
  'FPDFPageObj_GetFillColor',
  'FPDFPageObj_HasTransparency',
  'FPDFPageObj_SetIsActive',
  'FPDFPageObj_CountMarks',
  'FPDFPageObj_GetMark',
  'FPDFPageObjMark_GetName',
  'FPDFPageObj_GetClipPath',
  'FPDFClipPath_CountPaths',
  'FPDFClipPath_CountPathSegments',
  'FPDFClipPath_GetPathSegment',
  'FPDFPathSegment_GetPoint',
  'FPDFPath_GetDrawMode',
  'FPDFPath_CountSegments',
  'FPDFImageObj_GetImagePixelSize',
  'FPDFTextObj_GetTextRenderMode',
  'FPDFBitmap_CreateEx',
  'FPDFBitmap_FillRect',
  'FPDFBitmap_GetBuffer',
  'FPDFBitmap_GetStride',
  'FPDFBitmap_Destroy',
  'FPDF_RenderPageBitmap',
  'PDFiumExt_OpenFormFillInfo',
  'PDFiumExt_CloseFormFillInfo',
  'PDFiumExt_InitFormFillEnvironment',
  'PDFiumExt_ExitFormFillEnvironment',
  'FPDFPage_GetAnnotCount',
  'FPDFPage_GetAnnot',
  'FPDFPage_CloseAnnot',
  'FPDFAnnot_GetSubtype',
  'FPDFAnnot_GetAP',
  'FPDFAnnot_GetRect',
  'FPDFAnnot_GetStringValue',
  'FPDFAnnot_GetFlags',
  'FPDFAnnot_GetLinkedAnnot',
  'FPDFAnnot_GetLink',
  'FPDFLink_GetAction',
  'FPDFAction_GetType',
  'FPDFAction_GetURIPath',
  'FPDFAnnot_GetFileAttachment',
  'EPDFAnnot_GetRichContent',
  'EPDFAnnot_GetOverlayText',
  'FPDFAnnot_GetFormFieldType',
  'FPDFAnnot_GetFormFieldName',
  'FPDFAnnot_GetFormFieldAlternateName',
  'FPDFAnnot_GetFormFieldValue',
  'FPDFAnnot_GetOptionCount',
  'FPDFAnnot_GetOptionLabel',
  'FPDFAnnot_IsOptionSelected',
  'FPDF_GetPageWidthF',
  'FPDF_GetPageHeightF',
  'FPDFText_LoadPage',
  'FPDFText_ClosePage',
  'FPDFText_CountChars',
  'FPDFText_GetUnicode',
  'FPDFText_IsGenerated',
  'FPDFText_IsHyphen',
  'FPDFText_GetTextObject',
  'FPDFText_GetMatrix',
  'FPDFText_GetFontSize',
  'FPDFText_GetCharOrigin',
  'FPDFText_GetLooseCharBox',
  'FPDFText_GetCharBox',
] as const;

export type PdfiumCalls = { readonly [name in (typeof callNames)[number]]: (...values: number[]) => number };

/** Views on the WebAssembly memory. They go stale whenever it grows: ask again after each call that may allocate. */
export interface PdfiumHeap {
  readonly HEAPU8: Uint8Array;
  readonly HEAP32: Int32Array;
  readonly HEAPF32: Float32Array;
  readonly HEAPF64: Float64Array;
}

export interface PdfiumInstance {
  readonly calls: PdfiumCalls;
  readonly heap: PdfiumHeap;
  readonly contents: PageContents;
}

let current: Promise<PdfiumInstance> | undefined;

/** The process's PDFium, started when first asked for. */
export function pdfium(): Promise<PdfiumInstance> {
  current ??= start();
  return current;
}

/** After a trap the memory of an instance is not to be trusted; after a huge document it is never given back. The next call of `pdfium` starts anew. */
export function discardPdfium(): void {
  current = undefined;
}

async function start(): Promise<PdfiumInstance> {
  const { init } = await import('@embedpdf/pdfium');
  const resolve = createRequire(import.meta.url).resolve;
  const silent = () => undefined;
  const module = await init({
    locateFile: (name: string) => resolve(`@embedpdf/pdfium/${name}`),
    print: silent,
    printErr: silent,
  });
  module.PDFiumExt_Init();
  const exported: object = module.pdfium.wasmExports;
  const heap: object = module.pdfium;
  if (!hasCalls(exported) || !isHeap(heap)) {
    throw new Error('this build of PDFium lacks a function that pincite calls');
  }
  return { calls: exported, heap, contents: new PageContents(exported, exported, heap) };
}

function isHeap(module: object): module is PdfiumHeap {
  return 'HEAPU8' in module && 'HEAP32' in module && 'HEAPF32' in module && 'HEAPF64' in module;
}

function hasCalls(exported: object): exported is PdfiumCalls {
  return callNames.every((name) => typeof Reflect.get(exported, name) === 'function');
}
