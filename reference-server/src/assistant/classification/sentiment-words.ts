/**
 * How words sound in a support chat or a review, from -4 to 4. Written by hand for ChatDesk: each line is a weight and what has
 * it. Stems are not used: `works` and `worked` sound differently.
 */
const WEIGHTS: Record<string, string> = {
  '-3.5': `scam scammer scammers fraud fraudulent cheat cheated cheating thief thieves stole crap crappy garbage horrible horrendous
    atrocious disgusting pathetic worst terrible abysmal appalling awful hate hated shit shitty fuck fucking fucked bullshit idiots
    idiot stupid moron bastard asshole junk sucks suck sucked stinks stink rubbish trash`,
  '-2.5': `useless worthless unacceptable ridiculous furious angry disgusted outraged outrageous unprofessional incompetent rude
    disaster nightmare disappointed disappointing disappointment disappoints defective broken broke breaks dead died lemon lousy poor
    poorly poorest bad badly worse frustrated frustrating frustration infuriating annoying annoyed irritating irritation irritated lied lying
    liar misleading ripoff failed failure fails fail unusable unreliable ruined waste wasted complaint complain complained complaining
    fed pissed mad insulting shame shameful nonsense joke regret avoid damn goddamn bloody returned`,
  '-1.7': `problem problems issue issues trouble troubles error errors wrong bug bugs buggy crash crashed crashes crashing freeze freezes froze
    frozen stuck lost lose loses losing missing delay delayed delays late slow slowly sluggish difficult difficulty hard confusing confused
    confusion complicated cumbersome clumsy awkward uncomfortable inconvenient inconvenience unfortunately sadly sad unhappy upset
    worried worry worries concern concerned concerns nuisance hassle pain painful tedious ugly flimsy fragile cheaply noisy noise loud
    heavy bulky expensive overpriced costly pricey lacks lacking lack drawback drawbacks downside flaw flaws flawed weak weakness
    inferior mediocre skips skip blurry grainy grain distorted distortion bleeding leak leaks scratches scratched dented hangs hung
    unable refuse refused refuses ignore ignored ignoring ignores rejected declined deducted overcharged unfair unauthorized unauthorised
    unfriendly unhelpful unclear inaccurate incorrect incorrectly incompatible impossible limited
    neglect neglected nothing nowhere never harm hurt damage damaged damages kaput malfunction malfunctions quit skimped clunky finicky
    bother bothers bothersome puzzles puzzling odd strange weird shaky washed complicated disconnects dropped drops dropping fault
    faulty glitch glitches glitchy wobbly gripe gripes quirks quirky tinny shortcoming shortcomings cons con negatives negative`,
  '-0.8': `however although but unless busy wait waiting waited still again barely hardly supposedly mistake mistakes forgot
    remove tried bit small tiny short old only replace replaced replacing repair repaired sold sell refund return returning cancel
    cancelled reset reboot unit warranty`,
  '0.8': `new quick simple fine okay ok decent sturdy solid clear clearly smooth smoothly handy light lightweight compact includes fits
    well portable comes enough worth cheap inexpensive reasonable reasonably affordable bright quality thank thanks ready
    improved improvement improve upgrade useful stylish sleek safe secure free bonus plenty`,
  '1.7': `good nice nicely like likes liked easy easily easier fast helpful helped happy glad pleased satisfied satisfying satisfaction
    comfortable convenient recommend recommended reliable fun enjoy enjoyed enjoying enjoyable cool neat works better crisp sharp
    accurate intuitive versatile durable responsive friendly polite professional appreciate appreciated impressed impressive pleasant
    attractive flawless flawlessly smart clever rich value bargain gem pros plus positive advantage superior win winner resolved sorted
    solved right pretty perfect fantastic`,
  '2.8': `great excellent amazing awesome wonderful love loved loves loving superb outstanding brilliant perfect perfectly best
    fantastic beautiful beautifully gorgeous exceptional incredible incredibly fabulous terrific delighted thrilled phenomenal stunning
    favorite favourite ideal greatest`,
  // Hindi, in both of its scripts.
  '-2.6': `bakwas bekar bekaar ghatiya faltu wahiyat dhokha dhoka dhokebaaz fraudiya chor chori loot lootera bewakoof pagal sadak gussa
    naraz pareshan pareshaan tang barbaad barbad ganda gandi kharab bura buri बकवास बेकार घटिया फालतू वाहियात धोखा धोखेबाज़ चोर चोरी लूट
    बेवकूफ गुस्सा नाराज़ नाराज परेशान तंग बर्बाद गंदा गंदी खराब ख़राब बुरा बुरी`,
  '-1.6': `dikkat dikat samasya pareshani galat deri der atka atak fasa nuksan shikayat mushkil दिक्कत समस्या परेशानी गलत ग़लत देरी देर अटका फंसा
    नुकसान शिकायत मुश्किल`,
  '2.0': `accha acha achha badhiya badiya shandar mast zabardast khush dhanyavad dhanyawad shukriya अच्छा अच्छी बढ़िया शानदार ज़बरदस्त खुश
    धन्यवाद शुक्रिया`,
}

/** Each word's weight. */
export const WORD_WEIGHTS: ReadonlyMap<string, number> = new Map(
  Object.entries(WEIGHTS).flatMap(([weight, words]) =>
    words
      .trim()
      .split(/\s+/)
      .map((word): [string, number] => [word, Number(weight)]),
  ),
)

/** What turns the words behind it around. */
export const NEGATIONS = new Set(
  `not no never none nothing neither nor cannot cant couldnt didnt doesnt dont hadnt hasnt havent isnt wasnt werent wont wouldnt shouldnt
  arent aint without nahi nahin nai nhi mat नहीं मत ना`.split(/\s+/),
)

/** What makes the word behind it stronger, and by how much. */
export const BOOSTERS = new Map<string, number>([
  ...'very really extremely incredibly absolutely totally completely so too highly utterly truly most bahut bahot bohot बहुत'
    .split(' ')
    .map((word): [string, number] => [word, 1.3]),
  ...'somewhat slightly little bit fairly rather quite kinda thoda थोड़ा'
    .split(' ')
    .map((word): [string, number] => [word, 0.7]),
])

/**
 * What somebody complains with although no word of it sounds bad, and its weight. Over the folded words, joined by spaces;
 * the patterns hold no nested repeats.
 */
export const COMPLAINTS: [RegExp, number][] = [
  [
    /\b(?:does|do|did|would|could|will|can|is|was|has|have)(?: not|nt)(?: even| really| always)? (?:work|play|show|read|recogni[sz]e|fit|help|respond|start|turn|load|open|connect|charge|hold|last|ship|arrive|come|received?|answer|respond|reply|support|access|seem|get|find|be|make|allow|let|function|fixed|solved?|resolved?)/,
    -1.9,
  ],
  [/\b(?:wont|cant|cannot|couldnt|unable to|no way to|not able to|impossible to) \w+/, -1.5],
  [
    /\bno longer\b|\bnot working\b|\bstopped working\b|\bquit working\b|\bdoesnt work\b|\bdont work\b|\bact(?:ing|ed)? up\b/,
    -2.2,
  ],
  [
    /\bwaste of\b|\bdont buy\b|\bdo not buy\b|\bsave your money\b|\bstay away\b|\bnever (?:buy|again|purchase|use)\b|\bwill never\b|\bwouldnt (?:buy|recommend)\b|\bnot (?:recommend|buy|worth)\b/,
    -3,
  ],
  [
    /\bnot (?:be )?(?:inclined|satisfied|happy|pleased|impressed|good|great|ready|easy|user)\b|\banything but\b|\bfar from\b|\bleft (?:\w+ ){0,3}in the dust\b/,
    -2,
  ],
  [
    /\b(?:send|sent|sending|take|took|taking|bring|brought) (?:it|this|them|mine|the \w+|the \w+ \w+) back\b|\breturn(?:ed|ing)? (?:it|this|the|mine)\b|\bmoney back\b|\b(?:want|get|need|give)(?: \w+){0,3} refund\b/,
    -1.8,
  ],
  [
    /\bno matter (?:what|how|that)\b|\bonly (?:complaint|problem|drawback|downside|gripe|negative|thing i)\b|\bnot to mention\b/,
    -0.8,
  ],
  [
    /\b(?:third|3rd|fourth|4th|fifth|5th|second|2nd|nth|hundredth|10th|tenth) time\b|\b(?:3|4|5|6|7|8|9|10|three|four|five|several|many|multiple|so many|\d\d) times\b|\bagain and again\b|\bover and over\b|\bteesri baar\b|\b(?:bar|baar) (?:bar|baar)\b|\bkitni baar\b|बार बार|कितनी बार|तीसरी बार/,
    -1.8,
  ],
  [
    /\b(?:been|still) (?:waiting|trying|asking|stuck)\b|\bno (?:one|body|reply|response|answer|update|help|support|refund|use)\b|\bnobody\b|\bkeep(?:s)? (?:getting|asking|saying|telling|going|crashing|losing)\b|\bhow long\b.{0,30}\bwait\b|\bkab tak\b|\babhi tak\b|कब तक|अभी तक/,
    -1.7,
  ],
  [
    /\bwhy (?:is|are|was|has|have|did|does|do|cant|wont|isnt|doesnt|hasnt|havent|dont)\b.{0,30}\b(?:not|still|never|nt|isnt|wont|cant|so long|taking|charged|declined|nobody|no)\b|\bwhy (?:isnt|wont|cant|hasnt|havent|doesnt|didnt)\b/,
    -1.4,
  ],
  [
    /\bwhat (?:the|a) (?:hell|heck|fuck|joke|shame|mess|waste)\b|\bwtf\b|\bfed up\b|\bsick of\b|\btired of\b|\bhad enough\b|\brip ?off\b|\bso bad\b|\bcome on\b/,
    -3,
  ],
  [
    /\b(?:should|would|could) (?:have been|be|have) (?:much )?(?:better|nicer|easier|more|included|nice)\b|\bi wish\b|\bwish (?:it|they|the|there)\b|\bmuch (?:nicer|better) if\b|\bleaves (?:a lot|much) to be desired\b|\bcould do better\b/,
    -1.5,
  ],
  [
    /\btoo (?:much|many|small|big|large|long|short|loud|quiet|slow|heavy|expensive|hard|soft|low|high|easy|few|little|late|tight|dark|bright|thin|thick|complicated|sensitive|cheap)\b/,
    -1.7,
  ],
  [
    /\b(?:after|within|in|lasted|about) (?:a|an|one|two|three|\d+|few|a few|only)(?: and a half)? (?:days?|weeks?|months?|year|hours?|uses?)\b.{0,50}\b(?:broke|died|stopped|fail|failed|dead|problem|problems|quit|wont|not|no)\b/,
    -1.5,
  ],
  [
    /\b(?:had|have|having|need|needed|forced) to (?:remove|reset|restart|reboot|replace|return|reinstall|buy another|call|send|redo|wait|ship|exchange|turn it off)\b/,
    -1.5,
  ],
  [
    /\b(?:nahi|nahin|nhi|nai) (?:mila|mili|aaya|aayi|aya|ayi|hua|hui|ho raha|chal raha|chal rha|ho rha|kar raha|kiya|diya|deta|karta|milta)\b|नहीं (?:मिला|मिली|आया|आई|हुआ|हुई|हो रहा|चल रहा|किया|दिया|मिल रहा)/,
    -1.8,
  ],
  [
    /\b(?:no|not a|without|zero|never had|havent had|have not had|hasnt had|never) (?:any |a |single |one )?(?:problems?|issues?|trouble|complaints?|regrets?|difficulty|difficulties|hassle|worries|bad)\b|\b(?:problem|trouble|hassle|worry) free\b/,
    3.6,
  ],
  [
    /\b(?:cant|cannot|couldnt|can not|could not) (?:go wrong|beat|complain|be happier|recommend|ask for|say enough|wait|believe how|live without)\b|\bnothing but (?:good|praise|great)\b|\bno brainer\b/,
    4,
  ],
]
