// Whether this page could ever receive web push: browsers allow it in secure contexts only.

const localHost = /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\])$/;

export function pushNeedsHttps({ protocol, hostname }: Pick<Location, 'protocol' | 'hostname'>): boolean {
  return protocol === 'http:' && !localHost.test(hostname);
}
