// The WeCom channel: alarms in a group chat, said by a robot whose address somebody of the group gave.
import { Injectable } from '@nestjs/common';
import { Clock } from '#domain/clock';
import type { Receipt, Sending } from '#domain/notices';
import type { Channel } from './channel.js';
import { OutboundHttp } from './outbound-http.js';
import { RobotLine } from './robot-line.js';
import { receiptOf } from './wecom-robot.js';
import { Wordings } from './wording.js';

/** Colours that WeCom's markdown knows. */
const colours = { L: 'warning', S: 'warning', T: 'comment', I: 'info' } as const;

const headers = { 'content-type': 'application/json; charset=utf-8' };

@Injectable()
export class WecomChannel implements Channel {
  readonly missing = [];
  /** By address and key. */
  private readonly lines = new Map<string, RobotLine>();

  constructor(
    private readonly http: OutboundHttp,
    private readonly wordings: Wordings,
    private readonly clock: Clock,
  ) {}

  async deliver(sending: Sending, timeoutMs: number): Promise<Receipt> {
    const { address, secret } = sending.endpoint;
    if (!URL.canParse(address)) return { outcome: 'refused', detail: 'this is not the address of a robot' };
    const robot = new URL(address);
    robot.searchParams.set('key', secret);
    return this.lineOf(robot.href, timeoutMs).send(this.text(sending), sending.notice.class === 'L');
  }

  private lineOf(robot: string, timeoutMs: number): RobotLine {
    for (const [key, line] of this.lines) if (line.isIdle) this.lines.delete(key);
    const known = this.lines.get(robot);
    if (known) return known;
    const line = new RobotLine(this.clock, content => {
      const body = JSON.stringify({ msgtype: 'markdown', markdown: { content } });
      return this.http.postForJson(robot, { headers, body }, timeoutMs, receiptOf);
    });
    this.lines.set(robot, line);
    return line;
  }

  private text(sending: Sending): string {
    const { title, body, severity, time, action } = this.wordings.of(sending);
    const colour = colours[sending.notice.class];
    return `**<font color="${colour}">${severity}</font> ${plain(title)}**\n${plain(body)}\n> ${time}\n[${action.label}](${action.url})`;
  }
}

/** What a person named may not become a mention, a link or a colour. */
function plain(text: string): string {
  return text.replace(/[<>[\]*`@\\]/g, ' ');
}
