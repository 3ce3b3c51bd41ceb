export { type ChatDeskBellElement, defineChatDeskBell } from './element/browser-chat-desk-bell.js'
export type { ChatDeskElement } from './element/browser-chat-desk-element.js'
export { createSnippet, type SnippetOptions } from './loader/snippet.js'
export { type MountOptions, mountWidget, type WidgetHandle } from './mount/mount-widget.js'
export { PARTS, type PartName } from './panel/anatomy.js'
export type { Diagnosis, Finding } from './panel/diagnose/diagnosis.js'
export type { ChatDesk } from './sdk/chat-desk.js'
export type {
  AppCommands,
  Attributes,
  CommandAnswer,
  CommandArguments,
  CommandName,
  Commands,
  IdentityProof,
  InitOptions,
  RunCommand,
  SentMessage,
  Snapshot,
} from './sdk/commands.js'
export type { AnyEvent, ChatDeskEvent, EventData, EventType, WidgetEventMap } from './sdk/event-data.js'
export type { InterceptorName, Interceptors } from './sdk/interceptors.js'
export { type ConversationActions, conversationActions, type WidgetActions, widgetActions } from './slot/actions.js'
export { type BellSource, bellSource } from './slot/bell-source.js'
export { followEvent, followStore, type Readable, readStore, type SelectStore } from './slot/follow.js'
export { createWidgetSlot, type WidgetSlot } from './slot/widget-slot.js'
export { englishTexts, type Texts } from './text/en.js'
export type { CountTexts } from './text/format-text.js'
export { LANGUAGES, type LanguageCode } from './text/load-language.js'
export { type ThemeToken, type ThemeTokens, TOKENS } from './theme/tokens.js'
export type {
  CustomTheme,
  UserData,
  WidgetConsent,
  WidgetOptions,
  WidgetPosition,
  WidgetTheme,
} from './widget-options.js'
