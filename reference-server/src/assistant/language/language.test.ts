import { describe, expect, it } from 'vitest'
import { detectLanguage } from './detect-language.js'
import { englishStem } from './english-stem.js'
import { extractMarks } from './extract-marks.js'
import { fold, normalise } from './normalise.js'
import { wordsOf } from './words.js'

describe('normalisation', () => {
  it('leaves nothing unseen between letters, and one form of each', () => {
    expect(normalise('re\u200bfund  ｎｏｗ\u202e ')).toBe('refund now')
    expect(fold('Créer UNE Sociéte\u0301')).toBe('creer une societe')
  })
  it('keeps the marks of Devanagari, which are letters there', () => {
    expect(wordsOf('मेरी कंपनी कब बनेगी?')).toEqual(['मेरी', 'कंपनी', 'कब', 'बनेगी'])
    expect(wordsOf("I don’t KNOW, it's late")).toEqual(['i', 'dont', 'know', 'its', 'late'])
  })
})

describe('language', () => {
  it.each([
    ['How do I register a private limited company?', 'en'],
    ['GST registration', 'en'],
    ['this is the third time im asking', 'en'],
    ['मेरा रिफंड कब आएगा', 'hi'],
    ['GST के लिए क्या documents चाहिए', 'hi'],
    ['mera refund kab aayega', 'hinglish'],
    ['company register karne me kitna time lagega', 'hinglish'],
    ['payment kat gaya but order nahi aaya', 'hinglish'],
    ['Quiero hablar con una persona', 'unknown'],
    ['Wie kann ich eine Firma anmelden', 'unknown'],
    ['मला मदत पाहिजे', 'unknown'],
    ['如何取消订阅', 'unknown'],
    ['எனக்கு உதவி வேண்டும்', 'unknown'],
    ['???', 'unknown'],
  ])('%s is %s', (text, language) => expect(detectLanguage(text)).toBe(language))
})

describe('marks', () => {
  it('takes ids, addresses and amounts out before words are looked at', () => {
    expect(extractMarks('Order #A-1023 of asha@example.in: Rs. 1,499.50 paid, pay_K8sd92jd')).toEqual({
      emails: ['asha@example.in'],
      ids: ['A-1023', 'PAY_K8SD92JD'],
      amounts: [{ currency: 'INR', minor: 149_950 }],
      rest: 'Order of : paid,',
    })
  })
  it.each([
    ['capital of ₹5 lakh', 50_000_000],
    ['2 crore', undefined],
    ['INR 2 crore', 2_000_000_000],
    ['500 rupees', 50_000],
  ])('%s', (text, minor) => expect(extractMarks(text).amounts[0]?.minor).toBe(minor))
  it('comes to an end on what is made to be slow', () => {
    const hostile = ['a@'.repeat(100_000), '1,'.repeat(100_000), 'a-'.repeat(100_000), `#${'a'.repeat(200_000)}`]
    for (const text of hostile) expect(extractMarks(text).emails).toEqual([])
  })
})

describe('stem', () => {
  it.each([
    ['registration', 'register', false],
    ['payments', 'payment', true],
    ['cancelling', 'cancelled', true],
    ['companies', 'company', true],
    ['activation', 'activate', true],
    ['hoping', 'hope', true],
    ['dies', 'dying', false],
  ])('%s and %s share a stem: %s', (one, other, same) => expect(englishStem(one) === englishStem(other)).toBe(same))
})
