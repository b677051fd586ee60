// Front door of the label room: a ticket's symbol as PNG and for a terminal, the label as SVG, and sheets and rolls of labels.
export { type Label, labelSvg } from './label.js';
export { labelsPdf, type PdfOptions } from './labels-pdf.js';
export { dotsPerMmChoices, labelZpl, needsFont, type ZplOptions } from './labels-zpl.js';
export { isSmall, layOut, type Print, smallestModuleMm } from './layout.js';
export { labelPrint, type PinLabel, pinPrint } from './prints.js';
export { labelsOn, type Sheet, sheetNames, sheetOf } from './sheet.js';
export { labelPng, QUIET_ZONE, symbolTerminal } from './symbol.js';
