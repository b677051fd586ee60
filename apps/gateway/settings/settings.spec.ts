// The settings: defaults, faults, and every list of them.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { DomainError } from '#domain/errors';
import { helpText, readSettings, settingsPage } from './index.js';
import { variables } from './variables.js';

const rows = Object.values(variables);

function faultsOf(environment: Record<string, string>) {
  try {
    readSettings(environment);
  } catch (error) {
    if (error instanceof DomainError && error.code === 'settings-invalid') return error.details.faults;
    throw error;
  }
  return [];
}

describe('settings', () => {
  it('need nothing from the environment', () => {
    expect(readSettings({})).toMatchObject({
      dataFolder: './data',
      databaseUrl: null,
      publicUrl: null,
      httpPort: 8080,
      mqttPort: 1883,
      webhookAllowPrivate: false,
      exemptAddresses: ['127.0.0.1', '::1'],
      trustProxy: [],
    });
  });

  it('take what the environment says', () => {
    const settings = readSettings({
      PUBLIC_URL: 'https://Gas.example/',
      HTTP_PORT: '0',
      WEBHOOK_ALLOW_PRIVATE: 'true',
      DATABASE_URL: 'postgres://airbind@localhost/airbind',
      TRUST_PROXY: '10.0.0.2, 172.16.0.0/12',
    });
    expect(settings).toMatchObject({
      publicUrl: 'https://gas.example',
      httpPort: 0,
      webhookAllowPrivate: true,
      databaseUrl: 'postgres://airbind@localhost/airbind',
      trustProxy: ['10.0.0.2', '172.16.0.0/12'],
    });
  });

  it('take an empty variable for an unset one', () => {
    expect(readSettings({ HTTP_PORT: '', PUBLIC_URL: '' })).toEqual(readSettings({}));
  });

  it('name every fault at once, each with what the variable takes', () => {
    const faults = faultsOf({
      HTTP_PORT: '80 80',
      MQTT_PORT: '70000',
      PUBLIC_URL: 'https://gas.example/path',
      LOG_LEVEL: 'loud',
      DATABASE_URL: 'mysql://x',
      SESSION_DAYS: '0',
    });
    expect(faults?.map(({ field }) => field).sort()).toEqual(
      ['DATABASE_URL', 'HTTP_PORT', 'LOG_LEVEL', 'MQTT_PORT', 'PUBLIC_URL', 'SESSION_DAYS'].sort(),
    );
    for (const { message } of faults ?? []) expect(message).toMatch(/^takes /);
  });

  it('do not repeat a password that stands in a wrong DATABASE_URL', () => {
    expect(JSON.stringify(faultsOf({ DATABASE_URL: 'mysql://root:hunter2@db' }))).not.toContain('hunter2');
  });

  it.each(['http://user@gas.example', 'ftp://gas.example', 'gas.example', 'https://gas.example?x=1'])(
    'refuse %s as a public URL',
    url => {
      expect(faultsOf({ PUBLIC_URL: url })).toHaveLength(1);
    },
  );

  it.each(rows)('$name has a default that it takes itself', ({ schema, usual }) => {
    if (usual !== null) expect(schema.safeParse(usual).success).toBe(true);
  });

  it('are all in the help', () => {
    for (const { name } of rows) expect(helpText()).toContain(`\n  ${name} `);
  });

  it('stand in docs/settings.md as they are', () => {
    const page = fileURLToPath(new URL('../../../docs/settings.md', import.meta.url));
    expect(readFileSync(page, 'utf8')).toBe(settingsPage());
  });
});
