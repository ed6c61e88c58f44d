// What inference needs when compose files have changed: it loads nothing of the engine.
export { readEnvironments } from './environments/read-environments.ts';
