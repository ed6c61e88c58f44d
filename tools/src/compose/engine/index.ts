export { EngineError, inspectContainers, listContainers, type EngineContainer } from './containers.ts';
export { containerSecrets } from './container-secrets.ts';
export type { Compose, Engine, EngineOutcome } from './engine.ts';
export { findEngine } from './find-engine.ts';
