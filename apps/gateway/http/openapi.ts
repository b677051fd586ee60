// The OpenAPI document, made from the endpoints table and its schemas, and the page at /docs that shows it.
import type { INestApplication } from '@nestjs/common';
import { type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { z } from 'zod';
import { apiPrefix, type Endpoint, endpoints, problemSchema, streamDoors, streams } from '#codecs/api';
import { version } from '../version.js';

type Json = Record<string, unknown>;
type Io = 'input' | 'output';

const streamTypes: Readonly<Record<keyof typeof streams, string>> = {
  export: 'application/x-ndjson',
  certificate: 'application/json',
  farewellCertificate: 'application/json',
  events: 'text/event-stream',
  snapshot: 'image/jpeg',
  label: 'image/svg+xml',
  watch: 'text/event-stream',
};

/** Served at /docs, and as JSON at /docs/json. */
export function serveOpenApi(app: INestApplication): void {
  SwaggerModule.setup('docs', app, openApiDocument(), {
    jsonDocumentUrl: 'docs/json',
    yamlDocumentUrl: 'docs/yaml',
    customSiteTitle: 'Airbind: HTTP interface',
  });
}

export function openApiDocument(): OpenAPIObject {
  const components = new Components();
  const paths: Record<string, Json> = {};
  const put = (method: string, path: string, operation: Json) => {
    const full = apiPrefix + path;
    paths[full] = { ...paths[full], [method.toLowerCase()]: operation };
  };
  for (const [name, endpoint] of Object.entries(endpoints)) {
    put(endpoint.method, endpoint.path, operationOf(name, endpoint, components));
  }
  for (const [name, type] of Object.entries(streamTypes)) {
    const path = streams[name as keyof typeof streams];
    put('GET', path, streamOf(name, path, type, components));
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Airbind',
      version,
      description: 'From a box to a phone. Times are milliseconds since 1970.',
    },
    paths,
    components: {
      schemas: components.schemas,
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'airbind' },
        token: { type: 'http', scheme: 'bearer' },
      },
    },
  } as OpenAPIObject;
}

function operationOf(name: string, endpoint: Endpoint, components: Components): Json {
  const { path, access, query, body, answer, status = 200 } = endpoint;
  const json = (schema: z.ZodType, io: Io) => ({
    'application/json': { schema: components.refer(schema, io) },
  });
  return {
    operationId: name,
    tags: [tagOf(path)],
    ...common(path, access, query),
    ...(body && { requestBody: { required: true, content: json(body, 'input') } }),
    responses: {
      [status]: { description: 'Done', content: json(answer, 'output') },
      default: problem(components),
    },
  };
}

function streamOf(name: string, path: string, type: string, components: Components): Json {
  return {
    operationId: name,
    tags: [tagOf(path)],
    ...common(path, streamDoors[name as keyof typeof streams].access),
    responses: { 200: { description: 'Done', content: { [type]: {} } }, default: problem(components) },
  };
}

function common(path: string, access: Endpoint['access'], query?: z.ZodType): Json {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const parameters = [...inPath, ...(query ? inQuery(query) : [])];
  return {
    ...(access === 'operator' && { description: 'For operators.' }),
    ...(parameters.length > 0 && { parameters }),
    security: access === 'public' ? [] : [{ session: [] }, { token: [] }],
  };
}

/** As the values are read from the text. */
function inQuery(query: z.ZodType): Json[] {
  const { properties = {}, required = [] } = z.toJSONSchema(query, { io: 'output' });
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }));
}

function problem(components: Components): Json {
  const schema = components.refer(problemSchema, 'output');
  return { description: 'A problem (RFC 9457)', content: { 'application/problem+json': { schema } } };
}

function tagOf(path: string): string {
  return path.split('/')[1] ?? '';
}

/** Ids of the schemas that occur in answers: as requests they differ where they have defaults. */
const answered: ReadonlySet<string> = new Set(
  Object.values(endpoints).flatMap(({ answer }) => {
    return Object.keys(z.toJSONSchema(z.object({ it: answer }), { io: 'output' }).$defs ?? {});
  }),
);

/** Schemas that have an id stand once in the document, and everybody refers to them. */
class Components {
  readonly schemas: Record<string, Json> = {};

  /** @param io `input` where a default may be left out, `output` where it is always there */
  refer(schema: z.ZodType, io: Io): unknown {
    const { properties, $defs = {} } = z.toJSONSchema(z.object({ it: schema }), { io });
    const nameOf = (id: string) => (io === 'input' && answered.has(id) ? `${id}Input` : id);
    for (const [id, definition] of Object.entries($defs)) {
      this.schemas[nameOf(id)] = pointed(definition, nameOf) as Json;
    }
    return pointed(properties?.it, nameOf);
  }
}

/** A reference among definitions of its own becomes one among the components. */
function pointed(schema: unknown, nameOf: (id: string) => string): unknown {
  const text = JSON.stringify(schema).replace(
    /"#\/\$defs\/([^"]+)"/g,
    (_, id: string) => `"#/components/schemas/${nameOf(id)}"`,
  );
  return JSON.parse(text);
}
