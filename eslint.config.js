import eslint from '@eslint/js';
import tseslint from 'typescript-eslint';

/** Which way dependencies point: tools <- executors <- generators; nothing points back. */
const boundary = (files, forbidden, message) => ({
  files,
  rules: { 'no-restricted-imports': ['error', { patterns: [{ group: forbidden, message }] }] },
});

export default tseslint.config(
  { ignores: ['**/dist/**', '**/node_modules/**', '.nx/**', '**/fixtures/**', '**/files/**'] },
  eslint.configs.recommended,
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: {
          allowDefaultProject: ['*.js', '*.ts', 'tools/*.ts', 'executors/*.ts', '.ci/*.mjs'],
        },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      'max-lines': ['error', { max: 300 }],
    },
  },
  { files: ['**/*.js', '**/*.mjs'], extends: [tseslint.configs.disableTypeChecked] },
  boundary(
    ['tools/**/*.ts'],
    ['@switchyard/*', '@nx/*', 'nx', 'nx/*', '**/executors/**', '**/generators/**'],
    'tools know nothing of Nx or of the packages above them',
  ),
  boundary(
    ['executors/**/*.ts'],
    ['@switchyard/generators*', '**/tools/src/**', '**/generators/src/**/../../generators/**'],
    'executors use tools by package name, and never generators',
  ),
  boundary(
    ['generators/**/*.ts'],
    ['**/tools/src/**', '**/executors/src/**'],
    'generators use the packages below them by name',
  ),
  boundary(
    ['projects/**/*.ts', 'test/**/*.ts'],
    ['**/tools/src/**', '**/executors/src/**', '**/generators/src/**'],
    'used as any user would: by package name',
  ),
);
