export { closeNames } from './close-names.ts';
