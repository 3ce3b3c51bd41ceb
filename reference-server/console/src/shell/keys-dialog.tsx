import { Kbd, Modal } from '@mantine/core'
import { Fragment } from 'react'
import styles from './shell.module.css'
import { SHORTCUTS } from './shortcuts.js'

const GROUPS = [...new Set(SHORTCUTS.map(({ where }) => where))]
const isMac = /mac|iphone|ipad/i.test(navigator.userAgent)

/** Shows every key. */
export function KeysDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title="Keyboard" size={640} closeButtonProps={{ 'aria-label': 'Close' }}>
      <div className={styles.keyGroups}>
        {GROUPS.map((where) => (
          <section key={where}>
            <h3>{where}</h3>
            <dl className={styles.keys}>
              {SHORTCUTS.filter((shortcut) => shortcut.where === where).map(({ keys, does }) => (
                <Fragment key={does}>
                  <dt>{does}</dt>
                  <dd>
                    {keys.map((key) => (
                      <Kbd key={key}>{key === 'Ctrl' && isMac ? '⌘' : key}</Kbd>
                    ))}
                  </dd>
                </Fragment>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  )
}
