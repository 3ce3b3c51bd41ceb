/** What the help page says beside what the team has written. `{team}`: whose it is; `{words}`: what was looked for. */
export interface HelpWords {
  title: string
  search: string
  found: string
  none: string
  /** Of questions without a category. */
  other: string
  all: string
  empty: string
  unclear: string
  ask: string
  more: string
  missing: string
  missingWhy: string
}

const WORDS: Record<string, HelpWords> = {
  en: {
    title: 'Help from {team}',
    search: 'Search for an answer',
    found: 'Answers to “{words}”',
    none: 'There is no answer to “{words}” here.',
    other: 'Other questions',
    all: 'All questions',
    empty: 'There is nothing to read here yet.',
    unclear: 'Is something still unclear?',
    ask: 'Ask us',
    more: 'Read more:',
    missing: 'This page is not here',
    missingWhy: 'Perhaps it was taken away, or its address is not complete.',
  },
  hi: {
    title: '{team} की सहायता',
    search: 'उत्तर खोजें',
    found: '“{words}” के उत्तर',
    none: '“{words}” का कोई उत्तर यहाँ नहीं है।',
    other: 'अन्य प्रश्न',
    all: 'सभी प्रश्न',
    empty: 'यहाँ अभी पढ़ने के लिए कुछ नहीं है।',
    unclear: 'क्या कुछ अब भी स्पष्ट नहीं है?',
    ask: 'हमसे पूछें',
    more: 'और पढ़ें:',
    missing: 'यह पृष्ठ यहाँ नहीं है',
    missingWhy: 'शायद इसे हटा दिया गया है, या इसका पता पूरा नहीं है।',
  },
  ar: {
    title: 'مساعدة {team}',
    search: 'ابحث عن إجابة',
    found: 'إجابات عن «{words}»',
    none: 'لا توجد هنا إجابة عن «{words}».',
    other: 'أسئلة أخرى',
    all: 'كل الأسئلة',
    empty: 'لا يوجد هنا ما يُقرأ بعد.',
    unclear: 'هل ما زال هناك شيء غير واضح؟',
    ask: 'اسألنا',
    more: 'اقرأ المزيد:',
    missing: 'هذه الصفحة غير موجودة',
    missingWhy: 'ربما أُزيلت، أو أن عنوانها غير كامل.',
  },
  es: {
    title: 'Ayuda de {team}',
    search: 'Buscar una respuesta',
    found: 'Respuestas a «{words}»',
    none: 'Aquí no hay respuesta a «{words}».',
    other: 'Otras preguntas',
    all: 'Todas las preguntas',
    empty: 'Aquí todavía no hay nada que leer.',
    unclear: '¿Queda algo por aclarar?',
    ask: 'Pregúntenos',
    more: 'Más información:',
    missing: 'Esta página no existe',
    missingWhy: 'Quizá se ha retirado, o su dirección no está completa.',
  },
  fr: {
    title: 'Aide de {team}',
    search: 'Rechercher une réponse',
    found: 'Réponses à « {words} »',
    none: 'Il n’y a pas de réponse à « {words} » ici.',
    other: 'Autres questions',
    all: 'Toutes les questions',
    empty: 'Il n’y a encore rien à lire ici.',
    unclear: 'Quelque chose reste-t-il à éclaircir ?',
    ask: 'Posez-nous la question',
    more: 'En savoir plus :',
    missing: 'Cette page n’existe pas',
    missingWhy: 'Elle a peut-être été retirée, ou son adresse est incomplète.',
  },
  de: {
    title: 'Hilfe von {team}',
    search: 'Nach einer Antwort suchen',
    found: 'Antworten auf „{words}“',
    none: 'Auf „{words}“ gibt es hier keine Antwort.',
    other: 'Weitere Fragen',
    all: 'Alle Fragen',
    empty: 'Hier gibt es noch nichts zu lesen.',
    unclear: 'Ist noch etwas unklar?',
    ask: 'Fragen Sie uns',
    more: 'Mehr dazu:',
    missing: 'Diese Seite gibt es nicht',
    missingWhy: 'Vielleicht wurde sie entfernt, oder ihre Adresse ist nicht vollständig.',
  },
  pt: {
    title: 'Ajuda de {team}',
    search: 'Procurar uma resposta',
    found: 'Respostas para “{words}”',
    none: 'Não há resposta para “{words}” aqui.',
    other: 'Outras perguntas',
    all: 'Todas as perguntas',
    empty: 'Ainda não há nada para ler aqui.',
    unclear: 'Ainda ficou alguma dúvida?',
    ask: 'Pergunte-nos',
    more: 'Leia mais:',
    missing: 'Esta página não existe',
    missingWhy: 'Talvez tenha sido retirada, ou o endereço não esteja completo.',
  },
  ta: {
    title: '{team} உதவி',
    search: 'விடையைத் தேடுங்கள்',
    found: '“{words}” குறித்த விடைகள்',
    none: '“{words}” குறித்த விடை இங்கே இல்லை.',
    other: 'பிற கேள்விகள்',
    all: 'எல்லாக் கேள்விகளும்',
    empty: 'இங்கே படிக்க இன்னும் எதுவும் இல்லை.',
    unclear: 'இன்னும் ஏதேனும் தெளிவாக இல்லையா?',
    ask: 'எங்களிடம் கேளுங்கள்',
    more: 'மேலும் படிக்க:',
    missing: 'இந்தப் பக்கம் இங்கே இல்லை',
    missingWhy: 'இது நீக்கப்பட்டிருக்கலாம், அல்லது இதன் முகவரி முழுமையாக இல்லை.',
  },
  bn: {
    title: '{team}-এর সহায়তা',
    search: 'উত্তর খুঁজুন',
    found: '“{words}”-এর উত্তর',
    none: '“{words}”-এর কোনো উত্তর এখানে নেই।',
    other: 'অন্যান্য প্রশ্ন',
    all: 'সব প্রশ্ন',
    empty: 'এখানে এখনও পড়ার কিছু নেই।',
    unclear: 'এখনও কিছু অস্পষ্ট?',
    ask: 'আমাদের জিজ্ঞাসা করুন',
    more: 'আরও পড়ুন:',
    missing: 'এই পাতাটি এখানে নেই',
    missingWhy: 'হয়তো এটি সরানো হয়েছে, অথবা এর ঠিকানা সম্পূর্ণ নয়।',
  },
  ur: {
    title: '{team} کی مدد',
    search: 'جواب تلاش کریں',
    found: '“{words}” کے جوابات',
    none: '“{words}” کا کوئی جواب یہاں نہیں ہے۔',
    other: 'دیگر سوالات',
    all: 'تمام سوالات',
    empty: 'یہاں ابھی پڑھنے کو کچھ نہیں۔',
    unclear: 'کیا کچھ اب بھی واضح نہیں؟',
    ask: 'ہم سے پوچھیں',
    more: 'مزید پڑھیں:',
    missing: 'یہ صفحہ یہاں نہیں ہے',
    missingWhy: 'شاید اسے ہٹا دیا گیا ہے، یا اس کا پتا مکمل نہیں۔',
  },
}

/** What the page speaks. */
export const HELP_LANGUAGES: readonly string[] = Object.keys(WORDS)
const RIGHT_TO_LEFT = ['ar', 'ur']

/** In one of its languages, or in English. */
export function helpWords(language: string): HelpWords & { language: string; direction: 'ltr' | 'rtl' } {
  const known = Object.hasOwn(WORDS, language) ? language : 'en'
  const direction = RIGHT_TO_LEFT.includes(known) ? 'rtl' : 'ltr'
  return { ...(WORDS[known] as HelpWords), language: known, direction }
}
