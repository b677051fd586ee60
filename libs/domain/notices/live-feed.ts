// The live stream to people's pages, as the domain sees it: what happened, to whom, now. Nothing is kept here.
import type { AlarmView, DeviceView, NoticeView, UnreadView } from '#codecs/api';

export type LiveEvent =
  | { readonly name: 'notice'; readonly data: NoticeView }
  | { readonly name: 'alarm'; readonly data: AlarmView }
  | { readonly name: 'device'; readonly data: DeviceView }
  | { readonly name: 'devices'; readonly data: Record<string, never> }
  | { readonly name: 'endpoints'; readonly data: Record<string, never> }
  | { readonly name: 'unread'; readonly data: UnreadView }
  | { readonly name: 'echo'; readonly data: { readonly id: string } }
  | { readonly name: 'window'; readonly data: { readonly deviceId: string; readonly until: number } };

export abstract class LiveFeed {
  /** Whether anybody listens for this account: building what nobody hears can be spared. */
  abstract isHeard(accountId: string): boolean;
  abstract publish(accountId: string, event: LiveEvent): void;
  /**
   * `dropped` is called when the listener could not follow (or threw) and nothing more will come.
   * @returns what ends the subscription.
   */
  abstract subscribe(
    accountId: string,
    listener: (event: LiveEvent) => void,
    dropped?: () => void,
  ): () => void;
}
