export { composePlan, type ComposeRequest } from './compose-plan.ts';
export { upInForeground, type ForegroundUp } from './up-in-foreground.ts';
