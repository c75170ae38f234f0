/**
 * The walls of the house: who may look at whom.
 * @type {import('dependency-cruiser').IConfiguration}
 */
module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'core-looks-at-core-only',
      comment: 'core is pure: no adapter, no station, no door; of packages only exact decimals and schemas',
      severity: 'error',
      from: { path: '^src/core' },
      to: { pathNot: '^(src/core|node_modules/(decimal\\.js|zod)/)' },
    },
    {
      name: 'core-rooms-do-not-know-each-other',
      comment: 'the order of the pipeline exists in one place: src/station/pipeline.ts',
      severity: 'error',
      from: { path: '^src/core/([^/]+)/' },
      to: { path: '^src/core/', pathNot: '^src/core/($1|model|policy|market)/' },
    },
    {
      name: 'model-policy-market-look-down',
      severity: 'error',
      from: { path: '^src/core/(model|market)/' },
      to: { path: '^src/core/', pathNot: '^src/core/(model|market)/' },
    },
    {
      name: 'contract-stands-alone',
      severity: 'error',
      from: { path: '^src/contract' },
      to: { path: '^src/', pathNot: '^src/contract' },
    },
    {
      name: 'adapters-know-model-policy-market-and-ports',
      severity: 'error',
      from: { path: '^src/adapters/([^/]+)/' },
      to: { path: '^src/', pathNot: '^src/(adapters/$1/|core/(model|policy|market|ports)/)' },
    },
    {
      name: 'compose-alone-imports-adapters',
      severity: 'error',
      from: { path: '^src', pathNot: '^src/(adapters|station/compose)' },
      to: { path: '^src/adapters' },
    },
    {
      name: 'workers-look-at-core',
      comment: 'heavy work off the main thread: the rules of core and how to reach them, nothing of the station',
      severity: 'error',
      from: { path: '^src/workers' },
      to: { path: '^src/', pathNot: '^src/(workers|core)/' },
    },
    {
      name: 'compose-alone-starts-workers',
      severity: 'error',
      from: { path: '^src', pathNot: '^src/(workers|station/compose)' },
      to: { path: '^src/workers' },
    },
    {
      name: 'station-knows-no-door',
      severity: 'error',
      from: { path: '^src/station' },
      to: { path: '^src/(headless|main|preload|renderer)' },
    },
    {
      name: 'doors-look-at-contract-and-station',
      comment: 'a door only translates: it composes the station and answers through the contract',
      severity: 'error',
      from: { path: '^src/(headless|main)' },
      to: { path: '^src/', pathNot: '^src/(headless|main|contract|station)/' },
    },
    {
      name: 'renderer-knows-the-contract-alone',
      severity: 'error',
      from: { path: '^src/renderer' },
      to: { path: '^src/', pathNot: '^src/(renderer|contract)/' },
    },
    {
      name: 'preload-knows-the-contract-alone',
      severity: 'error',
      from: { path: '^src/preload' },
      to: { path: '^src/', pathNot: '^src/(preload|contract)/' },
    },
    { name: 'not-to-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
}
