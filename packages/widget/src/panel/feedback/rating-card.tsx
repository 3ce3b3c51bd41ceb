import { ChatError } from '@chatdesk/protocol'
import { Component } from 'preact'
import { part } from '../anatomy.js'
import { Icon, PLUS, STAR } from '../icon.js'
import type { PanelProps } from '../panel-model.js'
import { startAnew } from '../start-anew.js'
import { visitorActionsOf } from '../visitor-actions-of.js'
import { forgetGivenRatings, givenRatings } from './given-ratings.js'

type RatingCardProps = PanelProps & { conversationId: string }

/** `loading`: nobody knows yet whether it was rated · `asking`: it can be · `given`: it was. */
type Stage = 'loading' | 'asking' | 'sending' | 'given'

interface State {
  stage: Stage
  /** 0: none was chosen. */
  score: number
  comment: string
  problem: 'rateFailed' | 'rateTooLate' | undefined
}

const SCORES = [1, 2, 3, 4, 5] as const
type Score = (typeof SCORES)[number]

/** How a conversation was, from 1 to 5 (J1), and the way to a new one. */
export class RatingCard extends Component<RatingCardProps, State> {
  override state: State = { stage: 'loading', score: 0, comment: '', problem: undefined }

  override componentDidMount(): void {
    const { panel, conversationId } = this.props
    givenRatings(panel, conversationId).then(
      ({ rating }) =>
        this.setState({
          stage: rating ? 'given' : 'asking',
          score: rating?.score ?? 0,
          comment: rating?.comment ?? '',
        }),
      () => this.setState({ stage: 'asking' }),
    )
  }

  private readonly send = async (): Promise<void> => {
    const { panel, conversationId } = this.props
    const { score, stage } = this.state
    // The second press of two.
    if (!score || stage === 'sending') return
    const comment = this.state.comment.trim()
    this.setState({ stage: 'sending', problem: undefined })
    try {
      const actions = await visitorActionsOf(panel)
      await actions.rate(conversationId, { score, ...(comment && { comment }) })
      forgetGivenRatings(panel)
      this.setState({ stage: 'given' })
    } catch (error) {
      const isTooLate = ChatError.isInstance(error) && error.code === 'FORBIDDEN'
      this.setState({ stage: 'asking', problem: isTooLate ? 'rateTooLate' : 'rateFailed' })
    }
  }

  private readonly startAnew = async (): Promise<void> => {
    try {
      await startAnew(this.props.panel)
    } catch {
      // Offline, which the banner says; the next press tries again.
    }
  }

  private stars(chosen: number) {
    const { texts } = this.props.panel
    return SCORES.map((score) => (
      <button
        {...part('action')}
        key={score}
        type="button"
        aria-label={texts[`rate${score}`]}
        aria-pressed={score === chosen}
        title={texts[`rate${score}`]}
        data-filled={score <= chosen}
        onClick={() => this.setState({ score })}
      >
        <Icon shape={STAR} size={24} />
      </button>
    ))
  }

  private question() {
    const { texts } = this.props.panel
    const { score, comment, stage } = this.state
    return (
      <>
        <p>{texts.rateQuestion}</p>
        <fieldset class="stars" aria-label={texts.rateQuestion}>
          {this.stars(score)}
        </fieldset>
        {score > 0 && (
          <>
            <p class="rating-word" aria-hidden="true">
              {texts[`rate${score as Score}`]}
            </p>
            <label class="field-label">
              {texts.rateComment}
              <input
                {...part('field')}
                class="field-input"
                type="text"
                dir={comment ? 'auto' : undefined}
                autocomplete="off"
                maxLength={1000}
                value={comment}
                onInput={({ currentTarget: { value } }) => this.setState({ comment: value })}
                onKeyDown={({ key, isComposing }) => key === 'Enter' && !isComposing && this.send()}
              />
            </label>
            <button {...part('primary-action')} type="button" aria-disabled={stage === 'sending'} onClick={this.send}>
              {texts.rateSend}
            </button>
          </>
        )}
      </>
    )
  }

  private thanks() {
    const { texts } = this.props.panel
    const { score } = this.state
    return (
      <>
        <p class="stars" role="img" aria-label={texts[`rate${score as Score}`]}>
          {SCORES.map((each) => (
            <span key={each} data-filled={each <= score}>
              <Icon shape={STAR} size={20} />
            </span>
          ))}
        </p>
        <button
          {...part('action')}
          class="action text-action"
          type="button"
          onClick={() => this.setState({ stage: 'asking' })}
        >
          {texts.rateChange}
        </button>
      </>
    )
  }

  override render({ panel: { texts } }: RatingCardProps, { stage, problem }: State) {
    if (stage === 'loading') return null
    return (
      <section {...part('rating')} aria-label={texts.rateQuestion}>
        <div role="status">
          {stage === 'given' && <p>{texts.rateThanks}</p>}
          {problem && <p class="problem">{texts[problem]}</p>}
        </div>
        {stage === 'given' ? this.thanks() : this.question()}
        <button {...part('new-conversation')} type="button" onClick={this.startAnew}>
          <Icon shape={PLUS} size={18} />
          {texts.rateNew}
        </button>
      </section>
    )
  }
}
