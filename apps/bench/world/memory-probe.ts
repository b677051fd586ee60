// Loaded into a process before its own code: collects its garbage when asked, and says what memory is left in use.
process.on('message', question => {
  if (question !== 'weigh') return;
  globalThis.gc?.();
  globalThis.gc?.();
  process.send?.(process.memoryUsage.rss());
});
process.channel?.unref();
