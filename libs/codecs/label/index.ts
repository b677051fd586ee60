// Front door of the label room: a ticket's symbol as PNG and for a terminal, and the whole label as SVG.
export { type Label, labelSvg } from './label.js';
export { labelPng, QUIET_ZONE, symbolTerminal } from './symbol.js';
