export * from './engine/index.ts';
export type { ComposeEnvironment, ComposeService, NamedEnvironment, PublishedPort } from './environment.ts';
export * from './lifecycle/index.ts';
export * from './exec/index.ts';
