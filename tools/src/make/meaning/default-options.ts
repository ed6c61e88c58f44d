/** The options that always have a value. */
export interface OptionDefaults {
  prefix: string;
  ignore: string[];
  evaluateShell: boolean;
  scripts: 'beside' | 'hide';
  batch: boolean;
  compose: boolean;
  composeTargetPrefix: string;
  isolateWorktrees: boolean;
}

/** What holds where nx.json gives no options. Apart from their schema, which is slow to load. */
export const defaultOptions: OptionDefaults = {
  prefix: '',
  ignore: ['**/node_modules/**', '**/vendor/**', '**/third_party/**', '**/testdata/**', '**/fixtures/**'],
  evaluateShell: false,
  scripts: 'beside',
  batch: false,
  compose: true,
  composeTargetPrefix: 'compose:',
  isolateWorktrees: true,
};
