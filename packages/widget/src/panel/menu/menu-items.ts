import { isWideScreen } from '../../launcher/host-page.js'
import type { bringChunk } from '../extras/bring-chunk.js'
import { BELL, CARD, CLOSE_ROUND, CONVERSATIONS, DOWNLOAD, PERSON, QUESTION, SEARCH, SOUND, WINDOW } from '../icon.js'
import { canNotify, wantsNotices } from '../notify/notice-switch.js'
import { isMuted, mute } from '../notify/sound-switch.js'
import type { PanelModel } from '../panel-model.js'
import { canPopOut, popOut } from '../popout/pop-out.js'
import type { RichPanel } from '../rich-panel.js'

/** What may be chosen from the menu. */
export interface MenuItem {
  /** Of the icon. */
  shape: string
  label(panel: RichPanel): string
  /** Whether it can be chosen at all: anything true. Absent: always. */
  when?(panel: RichPanel): unknown
  /** A rejection leaves everything as it was: what was wanted can be wanted again. */
  run(panel: PanelModel, bring: typeof bringChunk): unknown
}

/** Something was said that is on the server. */
const isBegun = ({ client }: PanelModel) => client.$conversation.get().id !== null
const closing = () => import('../closing/closing.js')

/** All that the menu offers, from top to bottom. */
export const MENU_ITEMS: readonly MenuItem[] = [
  {
    shape: CONVERSATIONS,
    label: ({ texts }) => texts.conversations,
    when: isBegun,
    run: async (panel) => (await import('../home/home.js')).openHome(panel),
  },
  {
    shape: QUESTION,
    label: ({ texts }) => texts.help,
    when: ({ settings }) => settings?.help,
    run: async (panel) => (await import('../help/help.js')).openHelp(panel),
  },
  {
    shape: CARD,
    label: (panel) => panel.payments?.countedTitle(panel) ?? panel.texts.payments,
    when: ({ settings, payments }) => settings?.payments || payments,
    run: async (panel, bring) => (await bring(panel, () => import('../payments/payments.js'))).openPayments(panel),
  },
  {
    shape: SEARCH,
    label: ({ texts }) => texts.searchConversation,
    run: async (panel, bring) => {
      const search = await bring(panel, () => import('../search/search.js'))
      search.openSearch(panel, bring)
    },
  },
  {
    shape: WINDOW,
    label: ({ texts }) => texts.popOut,
    when: (panel) => panel.options.popout !== false && isWideScreen() && canPopOut(panel),
    run: popOut,
  },
  {
    shape: SOUND,
    label: ({ texts, options }) => (isMuted(options) ? texts.soundOn : texts.soundOff),
    run: ({ options }) => mute(options, !isMuted(options)),
  },
  {
    shape: BELL,
    label: ({ texts, options }) => (wantsNotices(options) ? texts.notifyOff : texts.notifyOn),
    when: ({ options }) => canNotify(options),
    run: async (panel, bring) => {
      const notify = await bring(panel, () => import('../notify/notify.js'))
      await notify.toggleNotices(panel)
    },
  },
  {
    shape: DOWNLOAD,
    label: ({ texts }) => texts.transcript,
    when: isBegun,
    run: async (panel, bring) => (await bring(panel, closing)).openTranscript(panel),
  },
  {
    shape: PERSON,
    label: ({ texts }) => texts.ownData,
    when: ({ client }) => client.getToken(),
    run: async (panel, bring) => (await bring(panel, closing)).openOwnData(panel),
  },
  {
    shape: CLOSE_ROUND,
    label: ({ texts }) => texts.endChat,
    when: (panel) => isBegun(panel) && panel.client.$conversation.get().status !== 'resolved',
    run: async (panel, bring) => (await bring(panel, closing)).openEnd(panel),
  },
]
