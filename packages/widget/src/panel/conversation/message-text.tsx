import type { MessagePart } from '@chatdesk/protocol'
import { formatText } from '../../text/format-text.js'
import { usePanel } from '../panel-environment.js'
import { tokenizeText } from './tokenize-text.js'

/** The words of a message, as text nodes, with safe links. */
export function MessageText({ parts }: { parts: readonly MessagePart[] }) {
  const { texts } = usePanel()
  return (
    <>
      {parts.map((messagePart, index) => (
        <p key={index} dir="auto">
          {tokenizeText(messagePart.text).map((token) =>
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
          )}
        </p>
      ))}
    </>
  )
}
