// Whether this page could receive web push, and if not, what the person can do about it.

/** `needs-home-screen`: iOS and iPadOS allow it only to a page that was added to the home screen. */
export type PushSupport = 'ready' | 'needs-https' | 'needs-home-screen' | 'unsupported' | 'denied';

export interface PushSurroundings {
  readonly isSecureContext: boolean;
  readonly hasPushManager: boolean;
  readonly isAppleTouch: boolean;
  readonly isOnHomeScreen: boolean;
  readonly permission: NotificationPermission | undefined;
}

export function pushSupport(around: PushSurroundings): PushSupport {
  if (!around.isSecureContext) return 'needs-https';
  if (!around.hasPushManager) {
    return around.isAppleTouch && !around.isOnHomeScreen ? 'needs-home-screen' : 'unsupported';
  }
  return around.permission === 'denied' ? 'denied' : 'ready';
}

export function pushSurroundings(window: Window & typeof globalThis): PushSurroundings {
  const { navigator } = window;
  return {
    isSecureContext: window.isSecureContext,
    hasPushManager: 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window,
    // iPads say that they are Macs, which have no touch screen.
    isAppleTouch: /iPhone|iPad|Macintosh/.test(navigator.userAgent) && navigator.maxTouchPoints > 1,
    isOnHomeScreen: window.matchMedia('(display-mode: standalone)').matches,
    permission: 'Notification' in window ? window.Notification.permission : undefined,
  };
}

const browsers = [
  ['Edg/', 'Edge'],
  ['Firefox/', 'Firefox'],
  ['Chrome/', 'Chrome'],
  ['Safari/', 'Safari'],
] as const;

const systems = [
  ['Android', 'Android'],
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Windows', 'Windows'],
  ['Mac OS', 'Mac'],
  ['Linux', 'Linux'],
] as const;

/** What a person would call this browser in a list, such as "Chrome · Android". */
export function browserName(userAgent: string): string {
  const found = [browsers, systems].flatMap(
    names => names.find(([mark]) => userAgent.includes(mark))?.slice(1) ?? [],
  );
  return found.join(' · ');
}
