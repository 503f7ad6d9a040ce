import eslint from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import tseslint from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

/** Who may import whom, the coarse part; test/architecture.test.ts holds the finer rules (see ARCHITECTURE.md). */
const forbid = (...groups) => ({
  'no-restricted-imports': [
    'error',
    {
      patterns: groups.map(([names, message]) =>
        typeof names === 'string' ? { regex: names, message } : { group: names, message },
      ),
    },
  ],
});
const node = [
  ['node:*', 'fastify', 'fastify-plugin', '@fastify/*', 'better-sqlite3*', 'ws'],
  'Node belongs in server/.',
];
const serverRoom = [['**/server/**'], 'The page knows the server only through MQTT and shared/api.'];
const webRoom = [['**/web/**'], 'Nothing outside web/ imports the page.'];
/** The package, not our folder `mqtt/`. */
const mqtt = ['^mqtt(/|$)', 'Only web/live/connection.ts speaks MQTT.'];

const nodeGlobals = Object.fromEntries(
  [
    'process',
    'console',
    'URL',
    'Buffer',
    'fetch',
    'setTimeout',
    'setInterval',
    'clearInterval',
    'clearTimeout',
    'AbortSignal',
    'performance',
  ].map((name) => [name, 'readonly']),
);

const pure = 'shared/ is pure: take time and randomness as parameters.';

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', 'test/canary/', 'test-results/', 'playwright-report/', 'data/', '.kachel/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  eslint.configs.recommended,
  ...tseslint.configs.recommendedTypeChecked,
  ...svelte.configs.recommended,
  {
    languageOptions: {
      parserOptions: {
        projectService: true,
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      complexity: ['error', { max: 12, variant: 'modified' }],
      'max-lines': ['error', 400],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      'max-params': ['error', 4],
      // Topics and payloads are all about control characters.
      'no-control-regex': 'off',
      eqeqeq: 'error',
      'no-console': 'error',
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx', 'hack'] }],
      'no-undef': 'off', // TypeScript knows better.
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // Fastify handlers and the store contract are async by contract, awaiting or not.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' },
        { selector: 'ExportAllDeclaration', message: 'No barrels: import from the file itself.' },
      ],
    },
  },
  {
    // Typed rules cost seconds per component (each one is a new program); svelte-check reads their types.
    files: ['**/*.svelte'],
    ...tseslint.configs.disableTypeChecked,
    languageOptions: {
      parserOptions: { parser: tseslint.parser, svelteConfig, projectService: false },
    },
  },
  {
    files: ['**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: tseslint.parser } },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    rules: {
      // A component's script is one function to ESLint; max-lines holds it instead.
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
      'prefer-const': 'off',
      'svelte/prefer-const': 'error',
      'svelte/no-at-html-tags': 'error',
      // Addresses are paths of our own small router, checked by its tests.
      'svelte/no-navigation-without-resolve': 'off',
    },
  },
  {
    files: ['shared/**'],
    rules: {
      ...forbid(node, serverRoom, webRoom, mqtt),
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: pure },
        { object: 'Math', property: 'random', message: pure },
      ],
    },
  },
  { files: ['server/**'], rules: forbid(webRoom) },
  {
    files: ['server/broker/engine/**'],
    rules: forbid(webRoom, [['fastify', 'fastify-plugin', '@fastify/*'], 'The engine is framework-free.']),
  },
  { files: ['web/**'], rules: forbid(node, serverRoom, mqtt) },
  { files: ['web/live/connection.ts'], rules: forbid(node, serverRoom) },
  {
    files: ['web/ui/**'],
    rules: forbid(node, serverRoom, mqtt, [['**/live/**', '**/tiles/**', '**/pages/**'], 'Parts know props only.']),
  },
  {
    files: ['web/tiles/**'],
    rules: forbid(node, serverRoom, mqtt, [['**/pages/**', '**/editor/**'], 'Tiles know no pages.']),
  },
  {
    files: ['test/**'],
    rules: {
      'max-lines-per-function': 'off',
      'max-params': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      'no-restricted-syntax': [
        'error',
        {
          selector: 'CallExpression[callee.property.name=/^(only|skip|fixme|todo)$/]',
          message: 'Every test runs, always.',
        },
        { selector: "CallExpression[callee.property.name='waitForTimeout']", message: 'Await a condition.' },
      ],
    },
  },
  {
    // Screens of a terminal program.
    files: [
      'server/cli/**',
      'server/main.ts',
      'server/dev.ts',
      'server/bootstrap/**',
      'test/bench/**',
      'test/screenshots/**',
    ],
    rules: { 'no-console': 'off' },
  },
  {
    // Tools demand a default export.
    files: ['*.config.{js,ts}', 'test/**/*.config.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    files: ['**/*.{js,mjs,cjs}', '*.config.ts', 'bundling/*.ts'],
    ...tseslint.configs.disableTypeChecked,
    languageOptions: { globals: nodeGlobals, parserOptions: { projectService: false } },
  },
  { files: ['**/*.{js,mjs,cjs}'], rules: { 'no-undef': 'error' } },
);
