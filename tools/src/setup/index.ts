export { missingEnvFiles, placeholders } from './env-files.ts';
export { planSetup } from './plan-setup.ts';
export { runSetup, type SetupEvent, type SetupOutcome } from './run-setup.ts';
export type { SetupPlatform, SetupProject, SetupStep } from './setup-step.ts';
