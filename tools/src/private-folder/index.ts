export { privateFolder } from './private-folder.ts';
