// A WeCom group robot: its key, its two limits, and an answer that is always 200.
import { z } from 'zod';
import { type Check, must } from './strict-server.js';

const post = z.strictObject({
  msgtype: z.literal('markdown'),
  markdown: z.strictObject({ content: z.string().min(1) }),
});

/** A message of WeCom has no id: its text is what a group sees twice. */
export function wecomCheck(key: string, heard: string[] = []): Check {
  return ({ method, path, body }) => {
    must(method === 'POST' && path === `/cgi-bin/webhook/send?key=${key}`, 'another robot');
    const { content } = post.parse(JSON.parse(body.toString())).markdown;
    must(Buffer.byteLength(content) <= 4_096, 'too long');
    heard.push(content);
    return content;
  };
}
