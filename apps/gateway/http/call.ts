// `@Call('makeBatch')`: one line ties a handler to its row of the endpoints table, so that a route cannot differ from it.
import { applyDecorators, HttpCode, RequestMapping, RequestMethod, SetMetadata } from '@nestjs/common';
import {
  type Admittance,
  type Answer,
  apiPrefix,
  type Endpoint,
  type EndpointName,
  endpoints,
  streamDoors,
  streams,
} from '#codecs/api';

const key = 'airbind:door';

/** What the guards know of a handler; a handler without it lets nobody in. */
export type Door = Admittance & {
  /** Null for streams and health, which are not in the table. */
  readonly call: EndpointName | null;
};

export const Door = {
  on: (door: Door) => SetMetadata(key, door),
  of: (handler: object): Door | undefined => Reflect.getMetadata(key, handler),
};

type Handler<N extends EndpointName> = (...args: never[]) => Answer<N> | Promise<Answer<N>>;

/** Method, path, status and who is let in as the table says; the compiler holds the handler to the answer. */
export function Call<N extends EndpointName>(name: N) {
  const endpoint: Endpoint = endpoints[name];
  const { method, path, status } = endpoint;
  const decorate = applyDecorators(
    RequestMapping({ method: RequestMethod[method], path: routeOf(path) }),
    HttpCode(status ?? 200),
    Door.on({ ...admittanceOf(endpoint), call: name }),
  );
  return <H extends Handler<N>>(
    target: object,
    property: string | symbol,
    descriptor: TypedPropertyDescriptor<H>,
  ) => decorate(target, property, descriptor);
}

/** A GET that does not answer JSON: a row of `streams`. */
export function Stream(name: keyof typeof streams): MethodDecorator {
  return applyDecorators(
    RequestMapping({ method: RequestMethod.GET, path: routeOf(streams[name]) }),
    Door.on({ ...streamDoors[name], call: null }),
  );
}

/** The exception: a handler outside of the contract that anybody may call. */
export function Public(): MethodDecorator {
  return Door.on({ access: 'public', call: null });
}

function admittanceOf(endpoint: Admittance): Admittance {
  return endpoint.access === 'person'
    ? { access: endpoint.access, needs: endpoint.needs }
    : { access: endpoint.access };
}

/** `/homes/{homeId}` as the router writes it: `/api/v1/homes/:homeId`. */
export function routeOf(path: string): string {
  return apiPrefix + path.replace(/\{(\w+)\}/g, ':$1');
}
