// Passes every answer through its schema on the way out: what the contract does not know never leaves.
import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { map, type Observable } from 'rxjs';
import { type Endpoint, endpoints } from '#codecs/api';
import { Door } from './call.js';

@Injectable()
export class AnswerInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const call = Door.of(context.getHandler())?.call;
    if (!call) return next.handle();
    const { answer }: Endpoint = endpoints[call];
    return next.handle().pipe(map(value => answer.parse(value)));
  }
}
