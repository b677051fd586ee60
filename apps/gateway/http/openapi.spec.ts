// The OpenAPI document says what the endpoints table says.
import { describe, expect, it } from '@jest/globals';
import { apiPrefix, endpoints, streams } from '#codecs/api';
import { openApiDocument } from './openapi.js';

describe('the OpenAPI document', () => {
  const document = openApiDocument();

  it('has exactly the routes of the endpoints table and the streams', () => {
    const written = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map(method => `${method.toUpperCase()} ${path}`),
    );
    const declared = [
      ...Object.values(endpoints).map(({ method, path }) => `${method} ${apiPrefix}${path}`),
      ...Object.values(streams).map(path => `GET ${apiPrefix}${path}`),
    ];
    expect(written.sort()).toEqual(declared.sort());
  });

  it('refers to no schema that it does not have', () => {
    const refs = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(
      ([, id]) => id,
    );
    expect(refs).toContain('Device');
    expect(refs).toContain('Problem');
    expect(JSON.stringify(document)).not.toContain('#/$defs');
    for (const id of refs) expect(document.components?.schemas).toHaveProperty([id ?? '']);
  });

  it('asks for no field that has a default, and always gives it', () => {
    const schemas = (document.components?.schemas ?? {}) as Record<string, { required: string[] }>;
    const { Product, ProductInput } = schemas;
    expect(Product?.required).toContain('region');
    expect(ProductInput?.required).not.toContain('region');
  });
});
