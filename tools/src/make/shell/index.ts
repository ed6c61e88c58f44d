export { createShellAnswerer } from './create-shell-answerer.ts';
export type { ShellAnswererOptions } from './create-shell-answerer.ts';
export type { Machine } from './machine.ts';
