// The HTTP door: every controller, and the guards that stand before all of them.
import { type DynamicModule, Module, type ModuleMetadata } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { EventLoop } from '../metrics/event-loop.js';
import { GatewayState } from '../metrics/gateway-state.js';
import { Metrics } from '../metrics/metrics.js';
import { AccessGuard } from './access.guard.js';
import { AccountsController } from './accounts.controller.js';
import { AlarmsController } from './alarms.controller.js';
import { AnswerInterceptor } from './answer.interceptor.js';
import { ApplicationsController } from './applications.controller.js';
import { AuthorityController } from './authority.controller.js';
import { BatchesController } from './batches.controller.js';
import { BudgetGuard } from './budget.guard.js';
import { Callers } from './callers.js';
import { CommandsController } from './commands.controller.js';
import { ContactsController } from './contacts.controller.js';
import { CrossSite } from './cross-site.js';
import { DeviceCredentialsController } from './device-credentials.controller.js';
import { DevicesController } from './devices.controller.js';
import { Doorkeeper } from './doorkeeper.js';
import { EndpointsController } from './endpoints.controller.js';
import { ErasuresController } from './erasures.controller.js';
import { EventStreams } from './event-streams.js';
import { EventsController } from './events.controller.js';
import { FarewellController } from './farewell.controller.js';
import { HealthController } from './health.controller.js';
import { HistoryController } from './history.controller.js';
import { HomesController } from './homes.controller.js';
import { InvitationsController } from './invitations.controller.js';
import { MembersController } from './members.controller.js';
import { MessageLinksController } from './message-links.controller.js';
import { MetricsController } from './metrics.controller.js';
import { NoticesController } from './notices.controller.js';
import { OpenStreams } from './open-streams.js';
import { OpenedSessions } from './opened-sessions.js';
import { OperatorsController } from './operators.controller.js';
import { PersonalController } from './personal.controller.js';
import { PicturesController } from './pictures.controller.js';
import { ProblemFilter } from './problem.filter.js';
import { ProductsController } from './products.controller.js';
import { SafekeepingController } from './safekeeping.controller.js';
import { SessionCookie } from './session-cookie.js';
import { SessionWatch } from './session-watch.js';
import { SessionsController } from './sessions.controller.js';
import { SignInLinksController } from './sign-in-links.controller.js';
import { StatusController } from './status.controller.js';
import { TellingController } from './telling.controller.js';
import { TicketsController } from './tickets.controller.js';
import { TransfersController } from './transfers.controller.js';
import { WatchController } from './watch.controller.js';
import { WebhooksController } from './webhooks.controller.js';

@Module({})
// biome-ignore lint/complexity/noStaticOnlyClass: NestJS wants a class, and this one is made by its imports.
export class HttpModule {
  /** @param imports the domain rooms whose use cases the controllers call */
  static forRoot(imports: NonNullable<ModuleMetadata['imports']>): DynamicModule {
    return {
      module: HttpModule,
      imports,
      controllers: [
        AccountsController,
        AlarmsController,
        ApplicationsController,
        AuthorityController,
        BatchesController,
        CommandsController,
        ContactsController,
        DeviceCredentialsController,
        DevicesController,
        EndpointsController,
        ErasuresController,
        EventsController,
        FarewellController,
        HealthController,
        HistoryController,
        HomesController,
        MessageLinksController,
        InvitationsController,
        MembersController,
        MetricsController,
        NoticesController,
        OperatorsController,
        PersonalController,
        PicturesController,
        ProductsController,
        SafekeepingController,
        SessionsController,
        SignInLinksController,
        StatusController,
        TellingController,
        TicketsController,
        TransfersController,
        WatchController,
        WebhooksController,
      ],
      providers: [
        Callers,
        CrossSite,
        Doorkeeper,
        EventLoop,
        GatewayState,
        Metrics,
        OpenedSessions,
        EventStreams,
        OpenStreams,
        SessionCookie,
        SessionWatch,
        // In this order: a try is counted before anybody is looked up.
        { provide: APP_GUARD, useClass: BudgetGuard },
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: APP_INTERCEPTOR, useClass: AnswerInterceptor },
        { provide: APP_FILTER, useClass: ProblemFilter },
      ],
      exports: [OpenStreams],
    };
  }
}
