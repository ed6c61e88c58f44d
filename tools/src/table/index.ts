export { formatAge, formatBytes, parseBytes } from './format-amount.ts';
export { harmlessLines, harmlessText } from './harmless-text.ts';
export { outputStyle, paint, type OutputStyle, type TextStyle } from './output-style.ts';
export { renderTable, type TableCell, type TableColumn } from './render-table.ts';
export { cutToWidth, visibleWidth } from './visible-width.ts';
export { wrapText } from './wrap-text.ts';
