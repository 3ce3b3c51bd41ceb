import { useEffect, useState } from 'react'
import { useConsole } from '../client/console-services.js'
import { messageText } from '../text/message-text.js'
import styles from './shell.module.css'

/** Reads arriving messages to those who do not see them. */
export function LiveAnnouncer() {
  const { client } = useConsole()
  const [said, setSaid] = useState({ key: '', words: '' })
  useEffect(
    () =>
      client.on('message', (message) => {
        if (message.own) return
        setSaid({
          key: message.key,
          words: `${message.author.name ?? 'Visitor'}: ${messageText(message.parts)}`,
        })
      }),
    [client],
  )
  return (
    <div aria-live="polite" className={styles.hidden}>
      {/* A new element for each: the same words said twice would change nothing, and nothing would be read. */}
      <span key={said.key}>{said.words}</span>
    </div>
  )
}
