// What is not JSON: a camera's last picture, and a device's label.
import { createHash } from 'node:crypto';
import { Controller, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { labelPng, labelSvg } from '#codecs/label';
import type { Account } from '#domain/accounts';
import type { Binding } from '#domain/binding';
import { DeviceStore, Products, SnapshotStore, Tickets } from '#domain/devices';
import { DomainError } from '#domain/errors';
import { Stream } from './call.js';
import { By, Granted, QueryOf } from './inputs.js';

const labelQuery = z.object({ format: z.enum(['svg', 'png']).default('svg') });

@Controller()
export class PicturesController {
  constructor(
    private readonly snapshots: SnapshotStore,
    private readonly devices: DeviceStore,
    private readonly products: Products,
    private readonly tickets: Tickets,
  ) {}

  /** No browser keeps it, for the room in it is somebody's; who polls and holds it already is told by its tag. */
  @Stream('snapshot')
  async snapshot(
    @Granted() { deviceId, epoch }: Binding,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const picture = await this.snapshots.read(deviceId, epoch);
    if (!picture) throw new DomainError('no-snapshot');
    const tag = `"${createHash('sha256').update(picture).digest('base64url')}"`;
    reply.header('cache-control', 'no-store').header('etag', tag);
    if (request.headers['if-none-match'] === tag) reply.status(304).send();
    else reply.type('image/jpeg').send(Buffer.from(picture));
  }

  @Stream('label')
  async label(
    @Param('deviceId') deviceId: string,
    @QueryOf(labelQuery) { format }: z.output<typeof labelQuery>,
    @By() { locale }: Account,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const device = await this.devices.byId(deviceId);
    const product = device && (await this.products.byId(device.productId));
    if (!product) throw new DomainError('not-found');
    const { url, spoken } = this.tickets.of(device);
    const label = { url, spoken, serial: device.serial, productName: product.name[locale] };
    reply.header('cache-control', 'no-store');
    if (format === 'png') reply.type('image/png').send(Buffer.from(await labelPng(label)));
    else reply.type('image/svg+xml').send(labelSvg(label));
  }
}
