// The authority's store for tests: in memory, and as strict as files.
import { AuthorityStore } from './authority.store.js';
import type { Certified } from './signing.js';

export class MemoryAuthorityStore extends AuthorityStore {
  private kept: Certified | null = null;
  private own: Certified | null = null;

  async authority(): Promise<Certified | null> {
    return this.kept;
  }

  async keepAuthority(authority: Certified): Promise<void> {
    if (this.kept !== null) throw new Error('there is an authority');
    this.kept = authority;
  }

  async server(): Promise<Certified | null> {
    return this.own;
  }

  async keepServer(server: Certified): Promise<void> {
    this.own = server;
  }
}
