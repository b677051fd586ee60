// Comes before everything else: settles how zod works, then starts the pages.
import { config } from 'zod';

// The gateway's content security policy forbids code made from text, which zod would try. A schema looks at
// this when it is made, and only a later import is sure to make the schemas after it.
config({ jitless: true });

await import('./start.js');
