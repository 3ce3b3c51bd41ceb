/** What a transcript says beside what was said. */
interface TranscriptWords {
  title: string
  visitor: string
  team: string
  assistant: string
  /** Below it in a mail. */
  sentBecause: string
}

const WORDS: Record<string, TranscriptWords> = {
  en: {
    title: 'Your conversation',
    visitor: 'You',
    team: 'Team',
    assistant: 'Assistant',
    sentBecause: 'Somebody, probably you, has asked in the chat for this copy. If it was not you, leave it be.',
  },
  hi: {
    title: 'आपकी बातचीत',
    visitor: 'आप',
    team: 'टीम',
    assistant: 'सहायक',
    sentBecause: 'किसी ने, शायद आपने, चैट में यह प्रति माँगी है। यदि वह आप नहीं थे, तो इसे अनदेखा करें।',
  },
  ar: {
    title: 'محادثتك',
    visitor: 'أنت',
    team: 'الفريق',
    assistant: 'المساعد',
    sentBecause: 'طلب أحدهم، وعلى الأرجح أنت، هذه النسخة في الدردشة. إن لم تكن أنت، فتجاهلها.',
  },
  es: {
    title: 'Su conversación',
    visitor: 'Usted',
    team: 'Equipo',
    assistant: 'Asistente',
    sentBecause: 'Alguien, probablemente usted, ha pedido esta copia en el chat. Si no fue usted, ignórela.',
  },
  fr: {
    title: 'Votre conversation',
    visitor: 'Vous',
    team: 'Équipe',
    assistant: 'Assistant',
    sentBecause: 'Quelqu’un, sans doute vous, a demandé cette copie dans le chat. Sinon, ignorez-la.',
  },
  de: {
    title: 'Ihr Gespräch',
    visitor: 'Sie',
    team: 'Team',
    assistant: 'Assistent',
    sentBecause: 'Jemand, vermutlich Sie, hat im Chat um diese Kopie gebeten. Wenn nicht, ist nichts zu tun.',
  },
  pt: {
    title: 'Sua conversa',
    visitor: 'Você',
    team: 'Equipe',
    assistant: 'Assistente',
    sentBecause: 'Alguém, provavelmente você, pediu esta cópia no chat. Se não foi você, ignore-a.',
  },
  ta: {
    title: 'உங்கள் உரையாடல்',
    visitor: 'நீங்கள்',
    team: 'குழு',
    assistant: 'உதவியாளர்',
    sentBecause: 'யாரோ, அநேகமாக நீங்கள், அரட்டையில் இந்த நகலைக் கேட்டுள்ளீர்கள். நீங்கள் இல்லையெனில், புறக்கணிக்கவும்.',
  },
  bn: {
    title: 'আপনার কথোপকথন',
    visitor: 'আপনি',
    team: 'দল',
    assistant: 'সহকারী',
    sentBecause: 'কেউ, সম্ভবত আপনি, চ্যাটে এই অনুলিপি চেয়েছেন। আপনি না হলে উপেক্ষা করুন।',
  },
  ur: {
    title: 'آپ کی گفتگو',
    visitor: 'آپ',
    team: 'ٹیم',
    assistant: 'معاون',
    sentBecause: 'کسی نے، غالباً آپ نے، چیٹ میں یہ نقل مانگی ہے۔ اگر وہ آپ نہیں تھے تو اسے نظر انداز کریں۔',
  },
}

const RIGHT_TO_LEFT = ['ar', 'ur']

/** In the language of a locale, or in English. */
export function transcriptWords(locale: string): TranscriptWords & { language: string; direction: 'ltr' | 'rtl' } {
  const [asked = ''] = locale.toLowerCase().split('-')
  const language = Object.hasOwn(WORDS, asked) ? asked : 'en'
  const direction = RIGHT_TO_LEFT.includes(language) ? 'rtl' : 'ltr'
  return { ...(WORDS[language] as TranscriptWords), language, direction }
}
