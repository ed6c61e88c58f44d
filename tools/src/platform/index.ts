export { askEngine, type EngineAnswer } from './ask-engine.ts';
export { LineSplitter } from './line-splitter.ts';
export { listPlatformContainers, type OwnContainer, type PlatformContainers } from './own-containers.ts';
export {
  selectEnvironments,
  type Platform,
  type PlatformFilter,
  type PlatformSelection,
} from './platform.ts';
export { followContainerEvents, streamEngine, type ContainerEvent, type StreamEnd } from './stream-engine.ts';
