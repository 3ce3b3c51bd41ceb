import { Component } from 'preact'
import { part } from '../anatomy.js'
import { Icon, THUMB_DOWN, THUMB_UP } from '../icon.js'
import type { PanelProps } from '../panel-model.js'
import { visitorActionsOf } from '../visitor-actions-of.js'
import { forgetGivenRatings, givenRatings } from './given-ratings.js'

type HelpfulProps = PanelProps & { conversationId: string; seq: number }

interface State {
  helpful: boolean | undefined
  said: 'thanks' | 'failed' | undefined
}

/** Whether a message of the assistant has helped (J2): the last word counts. */
export class Helpful extends Component<HelpfulProps, State> {
  override state: State = { helpful: undefined, said: undefined }

  override componentDidMount(): void {
    const { panel, conversationId, seq } = this.props
    givenRatings(panel, conversationId).then(
      ({ messages }) => {
        const before = messages.find((rated) => rated.seq === seq)
        if (before && !this.state.said) this.setState({ helpful: before.helpful })
      },
      // It can be said all the same.
      () => {},
    )
  }

  private readonly say = async (helpful: boolean): Promise<void> => {
    const { panel, conversationId, seq } = this.props
    const before = this.state.helpful
    this.setState({ helpful, said: undefined })
    try {
      const actions = await visitorActionsOf(panel)
      await actions.rateMessage(conversationId, seq, helpful)
      forgetGivenRatings(panel)
      this.setState({ said: 'thanks' })
    } catch {
      this.setState({ helpful: before, said: 'failed' })
    }
  }

  private button(helpful: boolean, label: string, shape: string) {
    return (
      <button
        {...part('action')}
        type="button"
        aria-label={label}
        aria-pressed={this.state.helpful === helpful}
        title={label}
        onClick={() => this.say(helpful)}
      >
        <Icon shape={shape} size={16} />
      </button>
    )
  }

  override render({ panel: { texts } }: HelpfulProps, { said }: State) {
    return (
      <fieldset {...part('helpful')} aria-label={texts.helpfulQuestion}>
        {this.button(true, texts.helpfulYes, THUMB_UP)}
        {this.button(false, texts.helpfulNo, THUMB_DOWN)}
        <span role="status">{said && (said === 'thanks' ? texts.helpfulThanks : texts.rateFailed)}</span>
      </fieldset>
    )
  }
}
