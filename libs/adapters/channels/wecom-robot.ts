// A WeCom group robot: what it takes in one post, how often it may be called, and what its answers mean.
import type { Receipt } from '#domain/notices';

/** "Each robot must not send more than 20 messages a minute" (developer.work.weixin.qq.com, group robots). */
export const perMinute = 20;
export const minuteMs = 60_000;
/** Of `markdown.content`, in UTF-8. */
export const mostBytes = 4_096;

/** Errors that pass by themselves (global error codes): -1 busy, 45009 too often, 45033 too many at a time. */
const comeAgain: ReadonlySet<number> = new Set([-1, 45009, 45033]);

/** HTTP is always 200; `errcode` tells. What is said beside it may repeat the key, and is left out. */
export function receiptOf(json: unknown): Receipt {
  const code = errcode(json);
  if (code === null) return { outcome: 'retry', detail: 'the answer is not WeCom’s' };
  if (code === 0) return { outcome: 'accepted', detail: 'errcode 0' };
  const detail = `errcode ${code}`;
  if (!comeAgain.has(code)) return { outcome: 'refused', detail };
  return { outcome: 'retry', detail, ...(code === 45009 && { afterMs: minuteMs }) };
}

function errcode(json: unknown): number | null {
  if (typeof json !== 'object' || json === null || !('errcode' in json)) return null;
  return typeof json.errcode === 'number' ? json.errcode : null;
}

/** As many leading texts as fit into one post, an empty line between them; at least one, cut where it must be. */
export function fitting(texts: readonly string[]): { readonly content: string; readonly count: number } {
  const [first = '', ...others] = texts;
  let content = cut(first);
  let count = 1;
  for (const text of others) {
    const longer = `${content}\n\n${text}`;
    if (Buffer.byteLength(longer) > mostBytes) break;
    content = longer;
    count += 1;
  }
  return { content, count };
}

function cut(text: string): string {
  if (Buffer.byteLength(text) <= mostBytes) return text;
  const letters = Array.from(text);
  while (Buffer.byteLength(letters.join('')) > mostBytes - 3)
    letters.splice(Math.floor(letters.length * 0.9));
  return `${letters.join('')}…`;
}
