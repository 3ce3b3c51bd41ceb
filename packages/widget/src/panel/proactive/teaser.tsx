import type { ProactiveRule, WidgetSettings } from '@chatdesk/protocol'
import { Component } from 'preact'
import { CLOSED, recall } from '../../launcher/browser-tab-memory.js'
import { isPageVisible } from '../../launcher/host-page.js'
import { part } from '../anatomy.js'
import { CLOSE, Icon } from '../icon.js'
import type { PanelProps } from '../panel-model.js'
import { BrowserRuleMemory } from './browser-rule-memory.js'
import { browserPage } from './browser-watched-page.js'
import { dueRule } from './due-rule.js'
import { type SeenVisit, type VisitWatch, watchVisit } from './watch-visit.js'

/** Waits for the moment of a rule, and says beside the launcher what it has to say. */
export class Teaser extends Component<PanelProps, { rule?: ProactiveRule | undefined }> {
  override state: { rule?: ProactiveRule | undefined } = {}
  private readonly memory = new BrowserRuleMemory(
    this.props.panel.options,
    !!this.props.panel.settings?.proactiveRules?.some(({ when }) => when.returning !== undefined),
  )
  private watch: VisitWatch | undefined
  private stopEvents = () => {}

  override componentDidMount(): void {
    const watch = watchVisit(browserPage, Date.now, (visit) => this.look(visit))
    this.watch = watch
    this.stopEvents = this.props.panel.events.on('track', ({ name }) => watch.track(name))
  }

  override componentDidUpdate(): void {
    // Who has found the way by themselves needs no invitation.
    if (this.props.panel.open && this.state.rule) this.setState({ rule: undefined })
  }

  override componentWillUnmount(): void {
    this.stopEvents()
    this.watch?.stop()
  }

  /** Whether there is nothing to wait for any more. */
  private look(visit: SeenVisit): boolean {
    const { panel } = this.props
    const { memory } = this
    const remembered = memory.read()
    if (remembered.spoke || !isPageVisible() || isOccupied(panel)) return remembered.spoke
    const now = Date.now()
    const rules = panel.settings?.proactiveRules ?? []
    const open = isOpenAt(panel.settings, now)
    const rule = dueRule(rules, { ...visit, open, returning: memory.returning }, remembered, now)
    if (!rule) return false
    memory.note('shown', rule.id, now)
    this.setState({ rule })
    panel.events.emit('proactive:shown', { ruleId: rule.id })
    return true
  }

  private readonly accept = (): void => {
    const { panel } = this.props
    const { id, message } = this.state.rule as ProactiveRule
    panel.options.greeting = message
    panel.applyOptions()
    this.setState({ rule: undefined })
    panel.show()
    panel.begin()
    panel.events.emit('proactive:clicked', { ruleId: id })
  }

  private readonly dismiss = (): void => {
    const { panel } = this.props
    const { id } = this.state.rule as ProactiveRule
    // Before what has the focus goes.
    if (panel.launcher.root.activeElement) panel.launcher.button.focus()
    this.memory.note('dismissed', id, Date.now())
    this.setState({ rule: undefined })
    panel.events.emit('proactive:dismissed', { ruleId: id })
  }

  override render({ panel }: PanelProps) {
    const { rule } = this.state
    const { team, texts } = panel
    return (
      // Always there: what is said is announced only in a region that stood before.
      <div class="teaser-region" role="status">
        {rule && !panel.open && (
          <div {...part('teaser')}>
            <button type="button" class="teaser-words" onClick={this.accept}>
              <span class="teaser-author">{team || texts.titleFallback}</span>
              <span dir="auto">{rule.message}</span>
            </button>
            <button type="button" class="teaser-close" aria-label={texts.teaserClose} onClick={this.dismiss}>
              <Icon shape={CLOSE} size={16} />
            </button>
          </div>
        )}
      </div>
    )
  }
}

/** Whether the team is there by its hours; it may have come or gone since its settings were told. */
function isOpenAt(settings: WidgetSettings | null, now: number): boolean {
  const { open = true, nextChangeAt } = settings ?? {}
  return nextChangeAt && Date.parse(nextChangeAt) <= now ? !open : open
}

/** The visitor has the panel before them, or will have, or is in a conversation already. */
function isOccupied({ open, options, settings, client }: PanelProps['panel']): boolean {
  const { id, status } = client.$conversation.get()
  const opensItself = (options.autoOpen ?? settings?.autoOpen) && !recall(options, CLOSED)
  return open || !!opensItself || options.mode === 'inline' || (id !== null && status !== 'resolved')
}
