export type * from './reading.ts';
export type * from './shell-question.ts';
export { readDatabase, type DatabaseRequest } from './database/index.ts';
export type { ComposeUse, PreparedEnvironment } from './meaning/compose-uses.ts';
export { inferTargets, mostTargets, type InferredTarget } from './meaning/infer-targets.ts';
export {
  parseInferenceOptions,
  inferenceOptions,
  type InferenceOptions,
} from './meaning/inference-options.ts';
export { kinds, type Kind } from './meaning/kind.ts';
export { findReferences, type Reference } from './meaning/references.ts';
export { readMakefile } from './read-makefile.ts';
export { createShellAnswerer } from './shell/index.ts';
export * from './run/index.ts';
