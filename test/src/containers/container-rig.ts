import { randomBytes } from 'node:crypto';

import { createRig } from '../rig/rig.ts';
import type { Files, Rig, RigRequest } from '../rig/rig.ts';
import { leftOver, removeLeftOver } from './engine-inventory.ts';
import { freePort } from './free-port.ts';
import type { PlatformPlace } from './platform.ts';

/** A workspace whose compose projects have a prefix of their own; whatever of them is left is removed at the end. */
export interface ContainerRig extends Rig, PlatformPlace {
  /** Names of its containers and networks that the engine has now. */
  left(): readonly string[];
}

/** Makes a workspace from files that know their place in the engine. */
export async function createContainerRig(
  files: (place: PlatformPlace) => Files,
  request: Omit<RigRequest, 'files'> = {},
): Promise<ContainerRig> {
  const place = { prefix: `ee${randomBytes(3).toString('hex')}`, port: await freePort() };
  const rig = await createRig({ ...request, files: files(place) });
  return {
    ...rig,
    ...place,
    left: () => leftOver(place.prefix),
    async [Symbol.asyncDispose]() {
      removeLeftOver(place.prefix);
      await rig[Symbol.asyncDispose]();
    },
  };
}
