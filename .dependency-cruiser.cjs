// The arrows of docs/architecture.md as rules. Run by `npm run check`.
const TESTS = '\\.test(-d)?\\.tsx?$|\\.stories\\.tsx?$|/testing/|/__fixtures__/|/test/'
const FEATURES =
  'analytics|appointments|assistant|audit|conversations|departments|files|follow-ups|help|identity-keys|knowledge|known-visitors|leads|messages|organizations|payments|support-chat|visitors|widgets'
const WORKSPACES = '^(packages/[^/]+|reference-server/console|reference-server|stories|examples/[^/]+)/'

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'A cycle has no order in which to read, build or test it.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'protocol-is-a-leaf',
      comment: 'Client and server share the protocol, so it carries nothing but the schemas.',
      severity: 'error',
      from: { path: '^packages/protocol/src/', pathNot: TESTS },
      to: { pathNot: '^packages/protocol/src/|node_modules/zod/(v4/)?mini/' },
    },
    {
      name: 'core-has-no-dom',
      comment: 'Headless: protocol, stores and a key-value wrapper.',
      severity: 'error',
      from: { path: '^packages/core/src/', pathNot: TESTS },
      to: { pathNot: '^packages/(core|protocol)/src/|node_modules/(nanostores|idb-keyval)/' },
    },
    {
      name: 'core-state-is-pure',
      comment: 'core-has-no-dom, for the reducers: the protocol and themselves.',
      severity: 'error',
      from: { path: '^packages/core/src/state/', pathNot: TESTS },
      to: {
        pathNot: '^packages/(protocol/src|core/src/state)/|node_modules/nanostores/',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'drivers-type-only-core',
      comment: 'A driver implements a port; it needs no code of the client.',
      severity: 'error',
      from: { path: '^packages/(transports|identity|razorpay-checkout)/src/', pathNot: TESTS },
      to: { path: '^packages/core/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'drivers-are-strangers',
      comment: 'drivers-type-only-core: drivers never import one another.',
      severity: 'error',
      from: { path: '^packages/(transports|identity|razorpay-checkout)/src/' },
      to: { path: '^packages/(transports|identity|razorpay-checkout)/', pathNot: '^packages/$1/' },
    },
    {
      name: 'simulator-is-a-stranger',
      comment: 'The simulator stands in for another company, which knows nothing of ours.',
      severity: 'error',
      from: { path: '^packages/razorpay-simulator/src/', pathNot: TESTS },
      to: { path: '^(packages/(?!razorpay-simulator/)|reference-server/)' },
    },
    {
      name: 'simulator-core-is-pure',
      comment: 'The same state, input and time bring the same step: hashes are all that it takes from outside.',
      severity: 'error',
      from: { path: '^packages/razorpay-simulator/src/core/', pathNot: TESTS },
      to: { pathNot: '^packages/razorpay-simulator/src/core/|^crypto$' },
    },
    {
      name: 'ui-is-a-consumer',
      comment: 'Nothing rests on the widget but its wrappers, stories and examples.',
      severity: 'error',
      from: { pathNot: '^(packages/(widget|react|vue)|stories|examples|e2e|scripts)/' },
      to: { path: '^packages/widget/' },
    },
    {
      name: 'server-never-client',
      comment: 'The server knows the protocol, and how answers are drawn; its tests may use the client.',
      severity: 'error',
      from: { path: '^reference-server/src/', pathNot: TESTS },
      to: { path: '^(packages/(?!protocol/|core/src/rich-text\\.ts$)|reference-server/console/)' },
    },
    {
      name: 'client-never-server',
      comment: 'server-never-client, from the other side. In the simulation they meet.',
      severity: 'error',
      from: { path: '^packages/', pathNot: '^packages/sim/' },
      to: { path: '^reference-server/' },
    },
    {
      name: 'console-is-a-client',
      comment: 'The console is a client of the public API: protocol, core and transports.',
      severity: 'error',
      from: { path: '^reference-server/console/src/' },
      to: { path: '^(packages/(?!(protocol|core|transports)/)|reference-server/(src|test)/)' },
    },
    {
      name: 'loader-is-alone',
      comment: 'The loader is what every page pays for; the panel comes by a dynamic import.',
      severity: 'error',
      from: { path: '^packages/widget/src/(loader|launcher)/', pathNot: TESTS },
      to: {
        pathNot: '^packages/(widget/src/(loader|launcher|theme|text)/|widget/src/widget-options\\.ts$|identity/src/)',
        dependencyTypesNot: ['type-only'],
        dynamic: false,
      },
    },
    {
      name: 'feature-front-door',
      comment: 'A feature is used through its index.ts; types may be named where they stand.',
      severity: 'error',
      from: { path: `^reference-server/src/(${FEATURES})/`, pathNot: TESTS },
      to: {
        path: `^reference-server/src/(${FEATURES})/`,
        pathNot: '^reference-server/src/$1/|/index\\.ts$',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'no-deep-imports',
      comment: 'Across workspaces by the name of the package, never by a path.',
      severity: 'error',
      from: { path: WORKSPACES },
      to: {
        path: WORKSPACES,
        pathNot: '^$1/',
        dependencyTypes: ['local'],
        dependencyTypesNot: ['aliased-workspace'],
      },
    },
    {
      name: 'no-undeclared-paths',
      comment: 'no-deep-imports: what the exports of a package do not name cannot be resolved.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'testing-is-not-shipped',
      comment: 'Tests, fixtures and test helpers stay out of what is published; the simulation is not.',
      severity: 'error',
      from: {
        path: '^(packages/[^/]+|reference-server|reference-server/console)/src/',
        pathNot: `${TESTS}|^packages/sim/`,
      },
      to: { path: '/testing/|/__fixtures__/|\\.test\\.' },
    },
    {
      name: 'dev-dependencies-are-not-shipped',
      comment:
        'testing-is-not-shipped, for packages. What the CDN build and the console bundle is not installed by anyone.',
      severity: 'error',
      from: {
        path: '^(packages/[^/]+|reference-server)/src/',
        pathNot: `${TESTS}|^packages/widget/src/cdn/`,
      },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only', 'npm', 'npm-peer'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules|/dist/' },
    exclude: { path: '/dist/|storybook-static' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@chatdesk/source', 'import', 'types', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.d.ts', '.json', '.css'],
    },
  },
}
