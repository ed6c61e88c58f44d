import { readMakefile } from '../read-makefile.ts';
import { inferTargets, type InferredTarget } from './infer-targets.ts';
import { parseInferenceOptions } from './inference-options.ts';

/** The targets of a Makefile with this text, by name. */
export async function infer(text: string, options: unknown = {}): Promise<Record<string, InferredTarget>> {
  const reading = await readMakefile({ makefile: '/work/project/Makefile', environment: {}, text });
  const targets = inferTargets(reading, [text], parseInferenceOptions(options));
  return Object.fromEntries(targets.map((target) => [target.makeTarget, target]));
}
