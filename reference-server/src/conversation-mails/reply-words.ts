/** What a mail says to a visitor, and the page on which they want no more. `{team}`: who has written to them. */
interface ReplyWords {
  subject: string
  intro: string
  /** On the button. */
  open: string
  stop: string
  stopQuestion: string
  stopped: string
}

const WORDS: Record<string, ReplyWords> = {
  en: {
    subject: 'New message from {team}',
    intro: '{team} has answered you in the chat.',
    open: 'Continue the conversation',
    stop: 'No more of these mails',
    stopQuestion: 'Shall {team} send you no more mails about conversations in the chat?',
    stopped: 'You will get no more of these mails.',
  },
  hi: {
    subject: '{team} का नया संदेश',
    intro: '{team} ने चैट में आपको उत्तर दिया है।',
    open: 'बातचीत जारी रखें',
    stop: 'ऐसे और मेल नहीं चाहिए',
    stopQuestion: 'क्या {team} आपको चैट की बातचीत के बारे में और मेल न भेजे?',
    stopped: 'आपको ऐसे और मेल नहीं मिलेंगे।',
  },
  ar: {
    subject: 'رسالة جديدة من {team}',
    intro: 'أجابك {team} في الدردشة.',
    open: 'متابعة المحادثة',
    stop: 'إيقاف هذه الرسائل',
    stopQuestion: 'هل تريد ألا يرسل إليك {team} رسائل بريد أخرى عن محادثات الدردشة؟',
    stopped: 'لن تصلك رسائل أخرى من هذا النوع.',
  },
  es: {
    subject: 'Nuevo mensaje de {team}',
    intro: '{team} le ha respondido en el chat.',
    open: 'Continuar la conversación',
    stop: 'No recibir más estos correos',
    stopQuestion: '¿Quiere que {team} no le envíe más correos sobre conversaciones del chat?',
    stopped: 'No recibirá más correos de este tipo.',
  },
  fr: {
    subject: 'Nouveau message de {team}',
    intro: '{team} vous a répondu dans le chat.',
    open: 'Continuer la conversation',
    stop: 'Ne plus recevoir ces e-mails',
    stopQuestion: 'Ne plus recevoir d’e-mails de {team} au sujet des conversations du chat ?',
    stopped: 'Vous ne recevrez plus ces e-mails.',
  },
  de: {
    subject: 'Neue Nachricht von {team}',
    intro: '{team} hat Ihnen im Chat geantwortet.',
    open: 'Gespräch fortsetzen',
    stop: 'Keine solchen E-Mails mehr',
    stopQuestion: 'Soll {team} Ihnen keine E-Mails mehr zu Gesprächen im Chat senden?',
    stopped: 'Sie erhalten keine solchen E-Mails mehr.',
  },
  pt: {
    subject: 'Nova mensagem de {team}',
    intro: '{team} respondeu a você no chat.',
    open: 'Continuar a conversa',
    stop: 'Não receber mais estes e-mails',
    stopQuestion: 'Quer que {team} não envie mais e-mails sobre conversas do chat?',
    stopped: 'Você não receberá mais estes e-mails.',
  },
  ta: {
    subject: '{team} அனுப்பிய புதிய செய்தி',
    intro: '{team} அரட்டையில் உங்களுக்குப் பதிலளித்துள்ளது.',
    open: 'உரையாடலைத் தொடரவும்',
    stop: 'இத்தகைய மின்னஞ்சல்கள் வேண்டாம்',
    stopQuestion: 'அரட்டை உரையாடல்கள் பற்றி {team} இனி மின்னஞ்சல் அனுப்ப வேண்டாமா?',
    stopped: 'இனி இத்தகைய மின்னஞ்சல்கள் உங்களுக்கு வராது.',
  },
  bn: {
    subject: '{team} থেকে নতুন বার্তা',
    intro: '{team} চ্যাটে আপনাকে উত্তর দিয়েছে।',
    open: 'কথোপকথন চালিয়ে যান',
    stop: 'এমন মেইল আর চাই না',
    stopQuestion: '{team} কি আপনাকে চ্যাটের কথোপকথন সম্পর্কে আর মেইল পাঠাবে না?',
    stopped: 'আপনি এমন মেইল আর পাবেন না।',
  },
  ur: {
    subject: '{team} کا نیا پیغام',
    intro: '{team} نے چیٹ میں آپ کو جواب دیا ہے۔',
    open: 'گفتگو جاری رکھیں',
    stop: 'ایسی مزید میل نہیں چاہیے',
    stopQuestion: 'کیا {team} آپ کو چیٹ کی گفتگو کے بارے میں مزید میل نہ بھیجے؟',
    stopped: 'آپ کو ایسی مزید میل نہیں ملے گی۔',
  },
}

const RIGHT_TO_LEFT = ['ar', 'ur']

/** In the language of a locale, or in English. */
export function replyWords(locale: string, team: string): ReplyWords & { language: string; direction: 'ltr' | 'rtl' } {
  const [asked = ''] = locale.toLowerCase().split('-')
  const language = Object.hasOwn(WORDS, asked) ? asked : 'en'
  const words = Object.entries(WORDS[language] as ReplyWords).map(([name, text]) => [
    name,
    text.split('{team}').join(team),
  ])
  return {
    ...(Object.fromEntries(words) as unknown as ReplyWords),
    language,
    direction: RIGHT_TO_LEFT.includes(language) ? 'rtl' : 'ltr',
  }
}
