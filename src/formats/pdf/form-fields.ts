import { type Remark, stringValue } from './annotations.ts';
import type { OpenedPdf } from './opened-pdf.ts';
import { wideText } from './pdfium-strings.ts';

/** Types of fields as PDFium numbers them (fpdf_formfill.h). */
const checkBox = 2;
const radioButton = 3;
const comboBox = 4;
const listBox = 5;
const textField = 6;
const signature = 7;

export interface Field {
  readonly isSignature: boolean;
  /** Its value, as far as the page is meant to show it, and its name in a comment. Nothing for a field that is not filled in. */
  readonly notes: readonly Remark[];
}

/** Reads the form field that a widget annotation shows. */
export function readField(pdf: OpenedPdf, widget: number): Field {
  const { instance, form } = pdf;
  const type = form.handle === 0 ? 0 : instance.calls.FPDFAnnot_GetFormFieldType(form.handle, widget);
  if (type <= 0) return { isSignature: false, notes: ofStray(instance, widget) };
  return { isSignature: type === signature, notes: notesOf(pdf, widget, type) };
}

/** What a widget that belongs to no form says of itself; the values of buttons are no words. */
function ofStray(instance: OpenedPdf['instance'], widget: number): readonly Remark[] {
  const type = stringValue(instance, widget, 'FT');
  const text = type === 'Tx' || type === 'Ch' ? stringValue(instance, widget, 'V') : '';
  return text.trim() === '' ? [] : [{ text, shown: true }];
}

function notesOf(pdf: OpenedPdf, widget: number, type: number): readonly Remark[] {
  switch (type) {
    case textField:
      return filledIn(pdf, widget, value(pdf, widget));
    case comboBox:
      return filledIn(pdf, widget, chosen(pdf, widget).join('\n') || value(pdf, widget));
    case listBox:
      return listed(pdf, widget);
    case checkBox:
    case radioButton:
      return ticked(pdf, widget);
    default:
      return [];
  }
}

/** A list shows all that could be chosen, one below the other; what was chosen of it is told beside it. */
function listed(pdf: OpenedPdf, widget: number): readonly Remark[] {
  const text = options(pdf, widget)
    .map(({ label }) => label)
    .join('\n');
  const picked = chosen(pdf, widget);
  return [
    ...(text.trim() === '' ? [] : [{ text, shown: true, isList: true as const }]),
    ...(picked.length === 0 ? [] : [named(pdf, widget, `: ${picked.join(', ')}`)]),
  ];
}

function filledIn(pdf: OpenedPdf, widget: number, text: string): readonly Remark[] {
  return text.trim() === '' ? [] : [{ text, shown: true }, named(pdf, widget, '')];
}

function ticked(pdf: OpenedPdf, widget: number): readonly Remark[] {
  const { instance, form } = pdf;
  const state = stringValue(instance, widget, 'AS');
  if (state === '' || state === 'Off') return [];
  // Some programs number the buttons of a field, and keep what they stand for in a list.
  const label = /^\d+$/.test(state) ? optionLabel(instance, form.handle, widget, Number(state)) : '';
  const stands = label || state;
  return [named(pdf, widget, /^(?:on|yes)$/i.test(stands) ? ': ticked' : `: ticked, ${stands}`)];
}

/** The field's name, and the words for people where the form has them. */
function named({ instance, form }: OpenedPdf, widget: number, state: string): Remark {
  const { calls } = instance;
  const name = wideText(instance, (buffer, size) =>
    calls.FPDFAnnot_GetFormFieldName(form.handle, widget, buffer, size),
  );
  const label = wideText(instance, (buffer, size) =>
    calls.FPDFAnnot_GetFormFieldAlternateName(form.handle, widget, buffer, size),
  );
  const both = [label, name].filter((text, i, all) => text.trim() !== '' && all.indexOf(text) === i);
  return { text: `Form field ${both.join(' / ')}${state}`, zone: 'comment', shown: false };
}

function value({ instance, form }: OpenedPdf, widget: number): string {
  return wideText(instance, (buffer, size) =>
    instance.calls.FPDFAnnot_GetFormFieldValue(form.handle, widget, buffer, size),
  );
}

function chosen(pdf: OpenedPdf, widget: number): readonly string[] {
  return options(pdf, widget)
    .filter(({ isChosen }) => isChosen)
    .map(({ label }) => label);
}

interface FieldOption {
  readonly label: string;
  readonly isChosen: boolean;
}

function options({ instance, form }: OpenedPdf, widget: number): readonly FieldOption[] {
  const { calls } = instance;
  const count = Math.max(0, calls.FPDFAnnot_GetOptionCount(form.handle, widget));
  return Array.from({ length: count }, (_, i) => ({
    label: optionLabel(instance, form.handle, widget, i),
    isChosen: calls.FPDFAnnot_IsOptionSelected(form.handle, widget, i) !== 0,
  }));
}

function optionLabel(instance: OpenedPdf['instance'], form: number, widget: number, option: number): string {
  return wideText(instance, (buffer, size) =>
    instance.calls.FPDFAnnot_GetOptionLabel(form, widget, option, buffer, size),
  );
}
