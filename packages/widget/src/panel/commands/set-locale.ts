import { pageLanguages } from '../../launcher/host-page.js'
import { importTexts } from '../../mount/import-texts.js'
import { loadLanguage } from '../../text/load-language.js'
import type { PanelModel } from '../panel-model.js'

/** Lets a panel speak another language, the last one that was asked for; undefined: the visitor's own. */
export async function setLocale({ options, speak }: PanelModel, locale: string | undefined): Promise<void> {
  options.locale = locale
  const language = await loadLanguage(locale ? [locale] : pageLanguages(), importTexts)
  if (options.locale === locale) speak(language)
}
