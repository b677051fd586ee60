// Topic filters (MQTT 3.1.1 §4.7): which are well formed, what each matches, and when one grants another.

const longestBytes = 65_535;

/** MQTT-4.7.1-2, MQTT-4.7.1-3, MQTT-4.7.3-1 to -3: `#` stands last and alone, `+` stands alone in its level. */
export function isTopicFilter(text: string): boolean {
  if (text === '' || text.includes('\0') || new TextEncoder().encode(text).length > longestBytes)
    return false;
  const levels = text.split('/');
  return levels.every((level, i) =>
    level === '#' ? i === levels.length - 1 : level === '+' || !/[+#]/.test(level),
  );
}

/** Whether a message on this topic is one of the filter's; the topic itself has no wildcards. */
export function filterMatches(filter: string, topic: string): boolean {
  return !/[+#]/.test(topic) && filterCovers(filter, topic);
}

/** Whether everything that `asked` matches is matched by `granted` too. Both are well formed. */
export function filterCovers(granted: string, asked: string): boolean {
  // MQTT-4.7.2-1: a wildcard at the beginning does not reach the broker's own topics.
  if (asked.startsWith('$') && /^[+#]/.test(granted)) return false;
  const given = granted.split('/');
  const wanted = asked.split('/');
  for (const [i, level] of given.entries()) {
    // It matches the level above as well: `sport/#` is `sport` too.
    if (level === '#') return true;
    if (!coversLevel(level, wanted[i])) return false;
  }
  return wanted.length === given.length;
}

function coversLevel(granted: string, asked: string | undefined): boolean {
  if (asked === undefined || asked === '#') return false;
  return granted === '+' || granted === asked;
}
