export { openShell, type ShellRequest } from './open-shell.ts';
