import type { IdentityProvider } from '@chatdesk/core'

/** What a tab and its device remember: the cookie's visitor for all tabs, the session for one. */
export class TabIdentity implements IdentityProvider {
  #token: string | undefined

  constructor(
    readonly tabId: string,
    private readonly cookie: { visitorToken?: string | undefined },
  ) {}

  async resolve() {
    return { tabId: this.tabId, token: this.#token, visitorToken: this.cookie.visitorToken }
  }

  async remember(issued: { visitorToken: string; token: string }): Promise<void> {
    this.#token = issued.token
    this.cookie.visitorToken = issued.visitorToken
  }
}
