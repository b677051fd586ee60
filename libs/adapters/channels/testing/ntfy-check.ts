// An ntfy server: takes JSON at its root as docs.ntfy.sh describes it, and asks for the token of the topic.
import { z } from 'zod';
import { type Check, must } from './strict-server.js';

const message = z.strictObject({
  topic: z.string().regex(/^[-_A-Za-z0-9]{1,64}$/),
  sequence_id: z.string().regex(/^[-_A-Za-z0-9]{1,64}$/),
  title: z.string().min(1).max(250),
  // Longer ones become attachments.
  message: z.string().min(1).max(4_096),
  priority: z.int().min(1).max(5),
  tags: z.array(z.string().regex(/^[a-z_]+$/)),
  click: z.url(),
  actions: z
    .array(z.strictObject({ action: z.literal('view'), label: z.string().min(1), url: z.url() }))
    .max(3),
});

export function ntfyCheck(topic: string, token: string): Check {
  return ({ method, path, headers, body }) => {
    must(method === 'POST' && path === '/', 'JSON goes to the root');
    must(headers.authorization === `Bearer ${token}`, 'not allowed');
    const said = message.parse(JSON.parse(body.toString()));
    must(said.topic === topic, 'another topic');
    return said.sequence_id;
  };
}
