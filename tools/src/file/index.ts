export { readRegularFile } from './read-regular-file.ts';
