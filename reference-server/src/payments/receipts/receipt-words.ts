/** What a receipt says beside what was paid. */
export interface ReceiptWords {
  title: string
  number: string
  paidTo: string
  purpose: string
  paidOn: string
  amount: string
  refunded: string
  reference: string
  test: string
  print: string
  /** At the way back from a payment's own page. */
  thanks: string
  checking: string
  goBack: string
  show: string
  missing: string
}

const WORDS: Record<string, ReceiptWords> = {
  en: {
    ...{ title: 'Receipt', number: 'Receipt number', paidTo: 'Paid to', purpose: 'For', paidOn: 'Paid on' },
    ...{ amount: 'Amount paid', refunded: 'Of this refunded', reference: 'Payment', print: 'Print' },
    test: 'This is a test: no money has moved.',
    thanks: 'Your payment has arrived.',
    checking: 'Your payment is being checked.',
    goBack: 'You can close this page and go back to the chat, which says how it stands.',
    ...{ show: 'Show the receipt', missing: 'There is no receipt at this address.' },
  },
  hi: {
    ...{ title: 'रसीद', number: 'रसीद संख्या', paidTo: 'प्राप्तकर्ता', purpose: 'किसके लिए', paidOn: 'भुगतान की तिथि' },
    ...{ amount: 'भुगतान की गई राशि', refunded: 'इसमें से वापस', reference: 'भुगतान', print: 'प्रिंट करें' },
    test: 'यह एक परीक्षण है: कोई पैसा नहीं लिया गया।',
    thanks: 'आपका भुगतान मिल गया है।',
    checking: 'आपके भुगतान की जाँच हो रही है।',
    goBack: 'आप यह पृष्ठ बंद करके चैट पर लौट सकते हैं; वहाँ स्थिति दिखेगी।',
    ...{ show: 'रसीद देखें', missing: 'इस पते पर कोई रसीद नहीं है।' },
  },
  ar: {
    ...{ title: 'إيصال', number: 'رقم الإيصال', paidTo: 'المستفيد', purpose: 'مقابل', paidOn: 'تاريخ الدفع' },
    ...{ amount: 'المبلغ المدفوع', refunded: 'المسترد منه', reference: 'الدفعة', print: 'طباعة' },
    test: 'هذا اختبار: لم تنتقل أي أموال.',
    thanks: 'وصلت دفعتك.',
    checking: 'يجري التحقق من دفعتك.',
    goBack: 'يمكنك إغلاق هذه الصفحة والعودة إلى المحادثة، فهي تبيّن الحالة.',
    ...{ show: 'عرض الإيصال', missing: 'لا يوجد إيصال على هذا العنوان.' },
  },
  es: {
    ...{ title: 'Recibo', number: 'Número de recibo', paidTo: 'Pagado a', purpose: 'Concepto', paidOn: 'Pagado el' },
    ...{ amount: 'Importe pagado', refunded: 'De ello reembolsado', reference: 'Pago', print: 'Imprimir' },
    test: 'Es una prueba: no se ha movido dinero.',
    thanks: 'Su pago ha llegado.',
    checking: 'Su pago se está comprobando.',
    goBack: 'Puede cerrar esta página y volver al chat, que dice cómo está.',
    ...{ show: 'Ver el recibo', missing: 'No hay ningún recibo en esta dirección.' },
  },
  fr: {
    ...{ title: 'Reçu', number: 'Numéro de reçu', paidTo: 'Payé à', purpose: 'Objet', paidOn: 'Payé le' },
    ...{ amount: 'Montant payé', refunded: 'Dont remboursé', reference: 'Paiement', print: 'Imprimer' },
    test: 'Ceci est un essai : aucun argent n’a circulé.',
    thanks: 'Votre paiement est arrivé.',
    checking: 'Votre paiement est en cours de vérification.',
    goBack: 'Vous pouvez fermer cette page et revenir à la discussion, qui dit où il en est.',
    ...{ show: 'Afficher le reçu', missing: 'Il n’y a pas de reçu à cette adresse.' },
  },
  de: {
    ...{ title: 'Beleg', number: 'Belegnummer', paidTo: 'Bezahlt an', purpose: 'Für', paidOn: 'Bezahlt am' },
    ...{ amount: 'Bezahlter Betrag', refunded: 'Davon erstattet', reference: 'Zahlung', print: 'Drucken' },
    test: 'Dies ist ein Test: Es ist kein Geld geflossen.',
    thanks: 'Ihre Zahlung ist angekommen.',
    checking: 'Ihre Zahlung wird geprüft.',
    goBack: 'Sie können diese Seite schließen und zum Chat zurückkehren; dort steht, wie es um sie steht.',
    ...{ show: 'Beleg anzeigen', missing: 'Unter dieser Adresse gibt es keinen Beleg.' },
  },
  pt: {
    ...{ title: 'Recibo', number: 'Número do recibo', paidTo: 'Pago a', purpose: 'Referente a', paidOn: 'Pago em' },
    ...{ amount: 'Valor pago', refunded: 'Deste valor, reembolsado', reference: 'Pagamento', print: 'Imprimir' },
    test: 'Isto é um teste: nenhum dinheiro foi movimentado.',
    thanks: 'O seu pagamento chegou.',
    checking: 'O seu pagamento está sendo verificado.',
    goBack: 'Pode fechar esta página e voltar ao chat, que mostra a situação.',
    ...{ show: 'Ver o recibo', missing: 'Não há recibo neste endereço.' },
  },
  bn: {
    ...{ title: 'রসিদ', number: 'রসিদ নম্বর', paidTo: 'প্রাপক', purpose: 'বাবদ', paidOn: 'পরিশোধের তারিখ' },
    ...{ amount: 'পরিশোধিত অর্থ', refunded: 'এর মধ্যে ফেরত', reference: 'পেমেন্ট', print: 'প্রিন্ট করুন' },
    test: 'এটি একটি পরীক্ষা: কোনো অর্থ লেনদেন হয়নি।',
    thanks: 'আপনার পেমেন্ট এসে পৌঁছেছে।',
    checking: 'আপনার পেমেন্ট যাচাই করা হচ্ছে।',
    goBack: 'আপনি এই পৃষ্ঠা বন্ধ করে চ্যাটে ফিরতে পারেন; সেখানে অবস্থা দেখা যাবে।',
    ...{ show: 'রসিদ দেখুন', missing: 'এই ঠিকানায় কোনো রসিদ নেই।' },
  },
  ta: {
    ...{ title: 'ரசீது', number: 'ரசீது எண்', paidTo: 'பெறுநர்', purpose: 'எதற்காக', paidOn: 'செலுத்திய நாள்' },
    ...{ amount: 'செலுத்திய தொகை', refunded: 'இதில் திருப்பியது', reference: 'கட்டணம்', print: 'அச்சிடு' },
    test: 'இது ஒரு சோதனை: பணம் எதுவும் எடுக்கப்படவில்லை.',
    thanks: 'உங்கள் கட்டணம் வந்து சேர்ந்தது.',
    checking: 'உங்கள் கட்டணம் சரிபார்க்கப்படுகிறது.',
    goBack: 'இந்தப் பக்கத்தை மூடிவிட்டு உரையாடலுக்குத் திரும்பலாம்; நிலை அங்கே தெரியும்.',
    ...{ show: 'ரசீதைக் காட்டு', missing: 'இந்த முகவரியில் ரசீது இல்லை.' },
  },
  ur: {
    ...{ title: 'رسید', number: 'رسید نمبر', paidTo: 'وصول کنندہ', purpose: 'بابت', paidOn: 'ادائیگی کی تاریخ' },
    ...{ amount: 'ادا شدہ رقم', refunded: 'اس میں سے واپس', reference: 'ادائیگی', print: 'پرنٹ کریں' },
    test: 'یہ ایک آزمائش ہے: کوئی رقم منتقل نہیں ہوئی۔',
    thanks: 'آپ کی ادائیگی پہنچ گئی ہے۔',
    checking: 'آپ کی ادائیگی کی جانچ ہو رہی ہے۔',
    goBack: 'آپ یہ صفحہ بند کر کے چیٹ پر واپس جا سکتے ہیں؛ وہاں صورتحال نظر آئے گی۔',
    ...{ show: 'رسید دیکھیں', missing: 'اس پتے پر کوئی رسید نہیں ہے۔' },
  },
}

/** Languages in which a receipt can be read. */
export const RECEIPT_LANGUAGES: readonly string[] = Object.keys(WORDS)
const RIGHT_TO_LEFT = ['ar', 'ur']

/** In one of its languages, or in English. */
export function receiptWords(language: string): ReceiptWords & { language: string; direction: 'ltr' | 'rtl' } {
  const known = Object.hasOwn(WORDS, language) ? language : 'en'
  const direction = RIGHT_TO_LEFT.includes(known) ? 'rtl' : 'ltr'
  return { ...(WORDS[known] as ReceiptWords), language: known, direction }
}
