export { manifestNames, readManifest, type Manifest } from './manifest.ts';
