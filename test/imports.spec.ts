// Reads every import of the house and fails on what breaks its plan; shows first that each rule can fail.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { checkImports, describeViolation, type RuleName, rules, type Tree } from './imports/check-imports.js';

const root = join(import.meta.dirname, '..');

/** Made by tools or by a running gateway, or kept by version control and editors: no part of the plan. */
const notOurs = new Set(['node_modules', 'dist', 'data', 'coverage', '.git', '.idea', '.vscode']);

function readTree(folder = '', tree = new Map<string, string>()): Tree {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = folder ? `${folder}/${entry.name}` : entry.name;
    if (notOurs.has(entry.name)) continue;
    if (entry.isDirectory()) readTree(path, tree);
    else tree.set(path, /\.(tsx?|m?js)$/.test(path) ? readFileSync(join(root, path), 'utf8') : '');
  }
  return tree;
}

/** A house in which everything is in order, with one example of each thing that only looks forbidden. */
const soundHouse: Tree = new Map(
  Object.entries({
    'package.json': '',
    '.ci/run': '',
    'docs/shared.md': '',
    'apps/run.mjs': '// Starts.\nconsole.log(process.env.HOME);',
    'libs/codecs/airkiss/index.ts': "export { encode } from './encode.js';",
    'libs/codecs/airkiss/encode.ts': '// Encodes.\nexport const encode = 1;',
    'libs/codecs/ticket/index.ts': "export * from './ticket.js';",
    'libs/codecs/ticket/ticket.ts':
      "/** A ticket. */\nimport { createHmac } from 'node:crypto';\nimport { z } from 'zod';\nimport { topic } from '#codecs/wire';\nexport interface Inbox {}\nexport interface IPv4Address {}",
    'libs/codecs/wire/index.ts': "export const topic = 'v1';",
    'libs/codecs/wire/shared-camera.ts':
      '// Not what is shared by everyone, but a camera that is.\nexport {};',
    'libs/codecs/wire/topic.spec.ts':
      "// A spec goes where it likes.\nimport 'node:fs';\nimport '../ticket/ticket.js';\nimport '#domain/alarms';\nconsole.log(process.env.HOME);",
    'libs/domain/errors/index.ts': '',
    'libs/domain/clock/index.ts': "import '#domain/errors';",
    'libs/domain/alarms/index.ts': "export * from './alarms.js';",
    'libs/domain/alarms/alarms.ts':
      "// Alarms.\nimport { Injectable, Module } from '@nestjs/common';\nimport type { Device } from '#domain/devices';",
    'libs/domain/devices/index.ts': '',
    'libs/domain/provisioning/index.ts':
      "import '#domain/clock';\nimport '#codecs/airkiss';\nimport 'node:events';",
    'libs/adapters/air/index.ts': "import 'node:dgram';\nimport '#domain/provisioning';",
    'libs/adapters/storage/index.ts': "import { entities } from './entities/index.js';\nimport 'typeorm';",
    'libs/adapters/storage/entities/index.ts': "export { entities } from './alarm.js';",
    'libs/adapters/storage/entities/alarm.ts': '// Rows.\nexport const entities = [];',
    'apps/gateway/settings.ts': '// Settings.\nexport const read = () => process.env;',
    'apps/gateway/main.ts':
      "// Starts.\nimport '#adapters/storage';\nimport '#domain/alarms';\nawait import('./settings.js');",
    'apps/cli/main.ts': "#!/usr/bin/env node\n// Starts.\nimport '#adapters/air';",
    'apps/demo/main.ts': "// Shows.\nimport '#firmware-sim';\nimport '#apps/gateway';",
    'apps/gateway/index.ts': '',
    'apps/web/main.tsx': "// Draws.\nimport './page.css?inline';\nimport '#codecs/ticket';\nimport 'react';",
    'firmware-sim/index.ts': "export {};\nimport '#codecs/wire';\nimport 'mqtt';",
    'test/whole-way.spec.ts': "import '../apps/gateway/main.js';",
  }),
);

interface Fault {
  readonly rule: RuleName;
  readonly what: string;
  readonly files: Readonly<Record<string, string>>;
}

const opened = (text: string): string => `// Says what it is for.\n${text}`;

const fault = (rule: RuleName, what: string, path: string, text: string): Fault => ({
  rule,
  what,
  files: { [path]: opened(text) },
});

const faults: readonly Fault[] = [
  fault('downward-only', 'codecs → domain', 'libs/codecs/wire/x.ts', "import '#domain/devices';"),
  fault('downward-only', 'codecs → adapters', 'libs/codecs/label/x.ts', "export * from '#adapters/storage';"),
  fault(
    'downward-only',
    'domain → adapters',
    'libs/domain/alarms/x.ts',
    "await import('#adapters/storage');",
  ),
  fault('downward-only', 'adapters → apps', 'libs/adapters/air/x.ts', "import '#apps/gateway';"),
  fault('downward-only', 'domain → firmware-sim', 'libs/domain/alarms/x.ts', "import '#firmware-sim';"),
  fault('order-of-domain', 'a type', 'libs/domain/devices/x.ts', "import type { A } from '#domain/alarms';"),
  fault(
    'order-of-domain',
    'import()',
    'libs/domain/accounts/x.ts',
    "export type A = import('#domain/alarms').A;",
  ),
  fault('order-of-domain', 'errors on clock', 'libs/domain/errors/x.ts', "import '#domain/clock';"),
  fault(
    'order-of-domain',
    'provisioning on devices',
    'libs/domain/provisioning/x.ts',
    "import '#domain/devices';",
  ),
  fault(
    'order-of-domain',
    'alarms on provisioning',
    'libs/domain/alarms/x.ts',
    "import '#domain/provisioning';",
  ),
  fault('airkiss-alone', 'a neighbour', 'libs/codecs/airkiss/x.ts', "import '#codecs/wire';"),
  fault('airkiss-alone', 'a package', 'libs/codecs/airkiss/x.ts', "import { z } from 'zod';"),
  fault('airkiss-alone', 'a Node module', 'libs/codecs/airkiss/x.ts', "import 'node:crypto';"),
  fault('adapters-apart', 'air → storage', 'libs/adapters/air/x.ts', "import '#adapters/storage';"),
  fault('apps-apart', 'gateway → firmware-sim', 'apps/gateway/x.ts', "import '#firmware-sim';"),
  fault('apps-apart', 'cli → storage', 'apps/cli/x.ts', "import a = require('#adapters/storage');"),
  fault('web-on-codecs-alone', 'web → domain', 'apps/web/x.tsx', "import type { A } from '#domain/alarms';"),
  fault('sim-on-codecs-alone', 'sim → domain', 'firmware-sim/x.ts', "import '#domain/provisioning';"),
  fault('sim-on-codecs-alone', 'sim → gateway', 'firmware-sim/x.ts', "require('#apps/gateway');"),
  fault('front-door', 'a relative way out', 'libs/codecs/label/x.ts', "import '../ticket/index.js';"),
  fault('front-door', 'a way out of the house', 'apps/gateway/x.ts', "import '../../package.json';"),
  fault('front-door', 'past an index', 'libs/codecs/label/x.ts', "import '#codecs/ticket/ticket';"),
  fault('front-door', 'an unknown sign', 'libs/codecs/label/x.ts', "import '#attic';"),
  fault('front-door', 'past an inner index', 'libs/adapters/storage/x.ts', "import './entities/alarm.js';"),
  {
    rule: 'no-circle',
    what: 'two files of a room',
    files: {
      'libs/codecs/wire/a.ts': opened("import type { B } from './b.js';"),
      'libs/codecs/wire/b.ts': opened("export * from './a.js';"),
    },
  },
  fault('no-circle', 'a file and itself', 'apps/web/x.tsx', "import './x.js';"),
  fault('no-circle', 'two rooms', 'libs/codecs/wire/x.ts', "import '#codecs/ticket';"),
  fault('pure-codec', 'NestJS', 'libs/codecs/ticket/x.ts', "import { Injectable } from '@nestjs/common';"),
  fault('pure-codec', 'typeorm', 'libs/codecs/ticket/x.ts', "import type { EntitySchema } from 'typeorm';"),
  fault('pure-codec', 'yaml', 'libs/codecs/wire/x.ts', "import 'yaml';"),
  fault('pure-codec', 'a file', 'libs/codecs/ticket/x.ts', "import 'node:fs/promises';"),
  fault('pure-codec', 'a file, unmarked', 'libs/codecs/ticket/x.ts', "import 'fs';"),
  fault('pure-codec', 'crypto in wire', 'libs/codecs/wire/x.ts', "import 'node:crypto';"),
  fault('pure-codec', 'crypto in api', 'libs/codecs/api/x.ts', "import 'crypto';"),
  fault(
    'plain-domain',
    'Inject',
    'libs/domain/alarms/x.ts',
    "import { Inject, Injectable } from '@nestjs/common';",
  ),
  fault(
    'plain-domain',
    'all of NestJS',
    'libs/domain/alarms/x.ts',
    "import * as nest from '@nestjs/common';",
  ),
  fault(
    'plain-domain',
    'renamed',
    'libs/domain/alarms/x.ts',
    "import { Optional as Module } from '@nestjs/common';",
  ),
  fault('plain-domain', 'another package of it', 'libs/domain/alarms/x.ts', "import '@nestjs/typeorm';"),
  fault('plain-domain', 'typeorm', 'libs/domain/alarms/x.ts', "export { In } from 'typeorm';"),
  fault('plain-domain', 'aedes', 'libs/domain/intake/x.ts', "import type { Client } from 'aedes';"),
  fault('plain-domain', 'fastify', 'libs/domain/alarms/x.ts', "import '@fastify/cookie';"),
  ...['fs', 'net', 'http', 'dgram', 'child_process'].map(name =>
    fault('plain-domain', name, 'libs/domain/alarms/x.ts', `import 'node:${name}';`),
  ),
  fault('environment-in-settings', 'process.env', 'apps/gateway/main.ts', 'export const a = process.env.A;'),
  fault('environment-in-settings', 'in brackets', 'libs/adapters/air/x.ts', "globalThis.process['env'];"),
  fault('environment-in-settings', 'taken apart', 'firmware-sim/x.ts', 'const { env: e } = process;'),
  fault('environment-in-settings', 'imported', 'apps/cli/x.ts', "import { env } from 'node:process';"),
  fault('readable-import', 'a computed name', 'apps/gateway/x.ts', "const a = 'b'; await import(a);"),
  fault('telling-name', 'utils', 'apps/web/utils.ts', ''),
  fault('telling-name', 'time-helpers', 'libs/domain/clock/time-helpers.ts', ''),
  fault('telling-name', 'a folder', 'firmware-sim/common/radio.ts', ''),
  fault('telling-name', 'I before an interface', 'apps/gateway/x.ts', 'export interface IDevice {}'),
  fault('telling-name', 'Impl behind a class', 'apps/gateway/x.ts', 'export class DeviceImpl {}'),
  fault('known-place', 'a new folder at the top', 'scripts/build.sh', ''),
  fault('known-place', 'a room that nobody planned', 'libs/domain/attic/x.ts', ''),
  fault('known-place', 'code between the rooms', 'libs/domain/x.ts', ''),
  { rule: 'opening-sentence', what: 'no comment', files: { 'apps/gateway/x.ts': 'export {};' } },
  { rule: 'opening-sentence', what: 'not at once', files: { 'apps/web/x.tsx': '\n// Late.' } },
];

describe('the check of imports', () => {
  it('finds nothing in a sound house', () => {
    expect(checkImports(soundHouse).map(describeViolation)).toEqual([]);
  });

  it.each(faults)('says $rule of a planted fault: $what', ({ rule, files }) => {
    const violations = checkImports(new Map([...soundHouse, ...Object.entries(files)]));
    expect(new Set(violations.map(violation => violation.rule))).toEqual(new Set([rule]));
    expect(violations.map(({ file }) => file)).toContain(Object.keys(files).at(-1));
  });

  it('has a planted fault for every rule', () => {
    expect(new Set(faults.map(({ rule }) => rule))).toEqual(new Set(Object.keys(rules)));
  });

  it('names the line of the fault', () => {
    const text = opened("\nimport type { Alarm } from '#domain/alarms';");
    const [violation] = checkImports(new Map([...soundHouse, ['libs/domain/devices/device.ts', text]]));
    expect(violation && describeViolation(violation)).toMatch(
      /^libs\/domain\/devices\/device\.ts:3 order-of-domain: .*#domain\/alarms/,
    );
  });

  it('shows the whole way of a circle', () => {
    const files = {
      'apps/web/a.ts': opened("import './b.js';"),
      'apps/web/b.ts': opened("import './c.js';"),
      'apps/web/c.ts': opened("import './a.js';"),
    };
    const [violation] = checkImports(new Map(Object.entries(files)));
    expect(violation?.detail).toBe('apps/web/a.ts → apps/web/b.ts → apps/web/c.ts → apps/web/a.ts');
  });
});

describe('the house', () => {
  const tree = readTree();

  it('is read as a whole', () => {
    expect([...tree.keys()]).toEqual(
      expect.arrayContaining(['package.json', 'libs/codecs/wire/index.ts', 'test/imports.spec.ts']),
    );
  });

  it('keeps to its plan', () => {
    expect(checkImports(tree).map(describeViolation)).toEqual([]);
  });
});
