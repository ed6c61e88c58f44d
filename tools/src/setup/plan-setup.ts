import type { ComposeInvocation } from '../compose/index.ts';
import { envFileStep } from './env-files.ts';
import { environmentStep } from './environment-step.ts';
import { keyStep } from './keys.ts';
import { buildStep, migrationStep, projectSetupStep } from './make-steps.ts';
import { networkStep } from './networks.ts';
import { prerequisiteStep } from './prerequisite-step.ts';
import type { SetupPlatform, SetupStep } from './setup-step.ts';
import { submoduleStep } from './submodules.ts';

/** The steps of a set-up in their order: each needs what the ones before it bring about. */
export function planSetup(
  platform: SetupPlatform,
  invocation: ComposeInvocation & { readonly onOutput: (chunk: Uint8Array) => void },
): readonly SetupStep[] {
  return [
    prerequisiteStep(platform),
    submoduleStep(platform.workspaceRoot),
    envFileStep(platform),
    keyStep(platform, invocation),
    projectSetupStep(platform, invocation),
    buildStep(platform, invocation),
    networkStep(platform),
    environmentStep(platform, invocation),
    migrationStep(platform, invocation),
  ];
}
