import type { VisitorConversation } from '@chatdesk/protocol'
import { Component } from 'preact'
import { keep } from '../../launcher/browser-tab-memory.js'
import { part } from '../anatomy.js'
import { Icon, PLUS, QUESTION } from '../icon.js'
import type { PanelProps } from '../panel-model.js'
import { showConversation } from '../show-conversation.js'
import { startAnew } from '../start-anew.js'
import { visitorActionsOf } from '../visitor-actions-of.js'
import { ConversationRow } from './conversation-row.jsx'
import { SEVERAL } from './several.js'

interface HomeProps extends PanelProps {
  /** All of them one below the other, without a word of welcome. */
  isList?: boolean
}

/** Earlier conversations that are shown at first, and more at each press. */
const PAGE = 8

interface State {
  /** Null until they have come. */
  conversations: readonly VisitorConversation[] | null
  /** What could not be done. */
  failed: 'homeFailed' | 'homeBusy' | 'errorUNAVAILABLE' | undefined
  shown: number
}

/** The visitor's conversations: the newest to go on with, a new one, and the earlier ones. */
export class HomeView extends Component<HomeProps, State> {
  override state: State = { conversations: null, failed: undefined, shown: PAGE }
  private gone = false
  private newest: string | undefined

  override componentDidMount(): void {
    void this.load()
  }

  /** What is said in the live conversation changes its row. */
  override componentDidUpdate(): void {
    const newest = this.props.panel.client.$timeline.get().at(-1)?.key
    if (newest !== this.newest) void this.load()
  }

  override componentWillUnmount(): void {
    this.gone = true
    this.props.panel.container.querySelector<HTMLElement>('[data-action="menu"]')?.focus()
  }

  private readonly load = async (): Promise<void> => {
    const { panel } = this.props
    this.newest = panel.client.$timeline.get().at(-1)?.key
    try {
      const actions = await visitorActionsOf(panel)
      const conversations = await actions.loadConversations()
      keep(panel.options, SEVERAL, conversations.length > 1 ? '1' : '')
      if (!this.gone) this.setState({ conversations, failed: undefined })
    } catch {
      // What was loaded before stays.
      if (!this.gone && !this.state.conversations) this.setState({ failed: 'homeFailed' })
    }
  }

  /** Goes to another conversation, or a new one, and back to the thread. */
  private readonly go = async (id?: string): Promise<void> => {
    const { panel } = this.props
    try {
      if (id === undefined) return await startAnew(panel)
      await (await visitorActionsOf(panel)).openConversation(id)
      showConversation(panel)
    } catch {
      const isOnline = panel.client.$connection.get().status === 'online'
      if (!this.gone) this.setState({ failed: isOnline ? 'homeBusy' : 'errorUNAVAILABLE' })
    }
  }

  private readonly help = (): void => {
    // What cannot be had now is asked for with the next press.
    import('../help/help.js').then(({ openHelp }) => openHelp(this.props.panel)).catch(() => {})
  }

  private row(conversation: VisitorConversation) {
    return (
      <li key={conversation.id}>
        <ConversationRow panel={this.props.panel} conversation={conversation} onChoose={this.go} />
      </li>
    )
  }

  private failure(failed: State['failed']) {
    const { texts } = this.props.panel
    return (
      <div role="status">
        {failed && (
          <p class="home-failed">
            {texts[failed]}
            {failed === 'homeFailed' && (
              <button {...part('load-earlier')} type="button" onClick={this.load}>
                {texts.retry}
              </button>
            )}
          </p>
        )}
      </div>
    )
  }

  override render({ panel, isList }: HomeProps, { conversations, failed, shown }: State) {
    const { texts, client, team, greeting } = panel
    const { open, expectedReply, offlineMessage } = client.$settings.get() ?? {}
    const about = open === false ? offlineMessage || texts.awayNotice : expectedReply
    const all = conversations ?? []
    // What has ended is history, however new it is.
    const current = isList || all[0]?.status === 'resolved' ? undefined : all[0]
    const earlier = current ? all.slice(1) : all
    const failure = this.failure(failed)
    return (
      <div {...part('home')} tabIndex={-1}>
        {isList ? (
          failure
        ) : (
          <div class="home-hello">
            <h3>
              <bdi>{greeting || texts.homeHello}</bdi>
            </h3>
            <p>{team || texts.titleFallback}</p>
            {about && (
              <p>
                <bdi>{about}</bdi>
              </p>
            )}
            {failure}
          </div>
        )}
        {!conversations && failed !== 'homeFailed' && (
          <div class="skeleton home-loading">
            <span class="sr-only">{texts.homeLoading}</span>
            <i />
            <i />
          </div>
        )}
        {current && (
          <section aria-label={texts.homeContinue}>
            <h4>{texts.homeContinue}</h4>
            <ul>{this.row(current)}</ul>
          </section>
        )}
        <button
          {...part('new-conversation')}
          class={current || !conversations ? 'new-conversation' : 'new-conversation primary-action'}
          type="button"
          onClick={() => this.go()}
        >
          <Icon shape={PLUS} size={18} />
          {texts.homeNew}
        </button>
        {panel.settings?.help && !isList && (
          <button class="new-conversation" type="button" onClick={this.help}>
            <Icon shape={QUESTION} size={18} />
            {texts.help}
          </button>
        )}
        {earlier.length > 0 && (
          <section aria-label={isList ? panel.view?.title : texts.homeEarlier}>
            {!isList && <h4>{texts.homeEarlier}</h4>}
            <ul>{earlier.slice(0, shown).map((conversation) => this.row(conversation))}</ul>
            {earlier.length > shown && (
              <button {...part('load-earlier')} type="button" onClick={() => this.setState({ shown: shown + PAGE })}>
                {texts.homeMore}
              </button>
            )}
          </section>
        )}
      </div>
    )
  }
}
