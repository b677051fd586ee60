// The resident: what a person does on the pages, done through the pages' own HTTP interface.
import type { AlarmView, NoticeStep, TicketView } from '#codecs/api';
import type { Caller } from './caller.js';
import { type HeardNotice, LivePage } from './live-page.js';

const lookAgainMs = 200;

export class Resident {
  private constructor(
    private readonly browser: Caller,
    readonly page: LivePage,
  ) {}

  static async signIn(stranger: Caller, token: string): Promise<Resident> {
    const browser = await stranger.signedInBy(token);
    return new Resident(browser, await LivePage.open(browser));
  }

  scan(ticket: string): Promise<TicketView> {
    return this.browser.call('ticket', { params: { ticket } });
  }

  /** Resolves when the scan page says that the device was pressed. */
  async sawThePress(ticket: string): Promise<void> {
    for (;;) {
      const view = await this.scan(ticket);
      if (view.view === 'unbound' && view.windowUntil !== null) return;
      await new Promise(resolve => setTimeout(resolve, lookAgainMs));
    }
  }

  /** @param pin from the box; null: by the button */
  async bind(ticket: string, name: string, pin: string | null = null): Promise<string> {
    const params = { ticket };
    const { nonce } = await this.browser.call('claim', {
      params,
      body: { proof: pin === null ? { by: 'button' } : { by: 'pin', pin } },
    });
    return (await this.browser.call('confirm', { params, body: { nonce, name } })).deviceId;
  }

  alarm(alarmId: string): Promise<AlarmView> {
    return this.browser.call('alarm', { params: { alarmId } });
  }

  acknowledge(alarmId: string): Promise<AlarmView> {
    return this.browser.call('acknowledge', { params: { alarmId } });
  }

  reset(alarmId: string): Promise<AlarmView> {
    return this.browser.call('reset', { params: { alarmId } });
  }

  told(step: NoticeStep, alarmId: string): Promise<HeardNotice> {
    return this.page.heard(notice => notice.step === step && notice.alarmId === alarmId);
  }

  leave(): void {
    this.page.close();
  }
}
