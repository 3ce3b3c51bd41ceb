import type { MessagePart } from '@chatdesk/protocol'
import { formatText } from '../../text/format-text.js'
import type { PanelProps } from '../panel-model.js'

/** The words of a message, as text nodes, with safe links. */
export function MessageText({ panel: { extras, texts }, parts }: PanelProps & { parts: readonly MessagePart[] }) {
  return parts.map(({ text }, index) => (
    <p key={index} dir="auto">
      {extras?.tokenizeText(text).map((token) =>
        token.type === 'text' ? (
          token.text
        ) : (
          <a
            href={token.href}
            target="_blank"
            rel="noopener noreferrer nofollow ugc"
            aria-label={formatText(texts.externalLink, { link: token.text })}
          >
            {token.text}
          </a>
        ),
      ) ?? text}
    </p>
  ))
}
