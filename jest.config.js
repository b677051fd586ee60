// Tests run the TypeScript sources as ES modules: swc strips the types, the `source` condition resolves the rooms.
const swc = {
  jsc: {
    target: 'es2023',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true },
  },
  module: { type: 'es6' },
  sourceMaps: 'inline',
};

export default {
  roots: ['<rootDir>/apps', '<rootDir>/libs', '<rootDir>/firmware-sim', '<rootDir>/test'],
  testMatch: ['**/*.spec.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest', swc] },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'node-addons'] },
  // Far more than any needs: a busy machine is no fault of what is tested.
  testTimeout: 120_000,
  // Modules of ES stay in memory as long as the process that loaded them: 4 GB after a third of the specs. A worker that
  // has grown is replaced by a fresh one.
  maxWorkers: 2,
  workerIdleMemoryLimit: '1GB',
};
