export { parsePattern, stemOf } from './pattern.ts';
export { defaultLimits, type ReadLimits } from './limits.ts';
export { Disk } from './disk.ts';
export { questionKey } from './evaluation.ts';
export { evaluate, type EvaluationOutcome } from './evaluate.ts';
