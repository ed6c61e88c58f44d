import { createRequire } from 'node:module';
import type * as Yaml from 'yaml';

let library: typeof Yaml | undefined;

/** The YAML library, loaded when the first file is really read: most of the time nothing is. */
export function yamlLibrary(): typeof Yaml {
  if (library === undefined) {
    const loaded: unknown = createRequire(import.meta.url)('yaml');
    if (!isYaml(loaded)) throw new Error('The package `yaml` has no parser: run `npm install` again.');
    library = loaded;
  }
  return library;
}

function isYaml(loaded: unknown): loaded is typeof Yaml {
  return typeof loaded === 'object' && loaded !== null && 'parseAllDocuments' in loaded;
}
