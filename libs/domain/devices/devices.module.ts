// The devices room: products, how devices are made, named and known.
import { Module } from '@nestjs/common';
import { Credentials } from './credentials.js';
import { Manufacture } from './manufacture.js';
import { Products } from './products.js';
import { Tickets } from './tickets.js';

const useCases = [Credentials, Manufacture, Products, Tickets];

@Module({ providers: useCases, exports: useCases })
export class DevicesModule {}
