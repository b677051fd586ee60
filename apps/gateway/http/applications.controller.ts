// Applications of the operator's; their secrets leave the gateway once.
import { Controller, Param } from '@nestjs/common';
import type { ApplicationView } from '#codecs/api';
import { type Application, Applications, type FreshApplication, userNameOf } from '#domain/applications';
import { Call } from './call.js';
import { Input, type InputOf } from './inputs.js';

@Controller()
export class ApplicationsController {
  constructor(private readonly applications: Applications) {}

  @Call('applications')
  async list() {
    return (await this.applications.all()).map(view);
  }

  @Call('makeApplication')
  async make(@Input() { id, subscribe, publish }: InputOf<'makeApplication'>) {
    return freshView(await this.applications.create(id, { subscribe, publish }));
  }

  @Call('rotateApplication')
  async rotate(@Param('applicationId') id: string) {
    return freshView(await this.applications.rotate(id));
  }

  @Call('dropApplication')
  async drop(@Param('applicationId') id: string) {
    await this.applications.revoke(id);
    return { done: true } as const;
  }
}

function view({ id, rules, createdAt }: Application): ApplicationView {
  return {
    id,
    userName: userNameOf(id),
    subscribe: [...rules.subscribe],
    publish: [...rules.publish],
    createdAt,
  };
}

function freshView({ application, secret }: FreshApplication) {
  return { ...view(application), secret };
}
