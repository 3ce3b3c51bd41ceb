/** Frequent words of English, by which it is told from other languages in Latin letters. Written for this purpose. */
export const ENGLISH =
  words(`a about account after again all already also always am an and any anyone anything are as ask at back be
because been before being best better both business but by call can cannot cant card change charge chat check company contact cost could
customer day days did didnt do does doesnt doing done dont each email enough ever every file first fix for free from get gets getting give go
going good got great had has have havent having he hello help her here hey him his how i id if im in into is isnt it its ive just keep
know last later least let like long look lot made make many may me mine month more most much my need never new no not nothing now of off
office ok okay old on once one online only open or order other our out over own pay paid payment person phone please price problem question
really refund register registration right said same say see send sent service several she should show so some someone something soon
speak start still stop such support sure take talk tell thank thanks than that thats the their them then there these they thing think third
this those time times to today told too took try trying two under until up update us use used very wait waiting want wanted was wasnt way we
website week well were what whats when where which while who why will with within without wont work working works would wrong year years yes
yet you your yours`)

/** Frequent words of Hindi in Latin letters, in the ways people spell them; without those that are English words as well. */
export const HINGLISH =
  words(`aap aapka aapke aapki aapko aapne abhi accha acha achha agar aisa aise apna apne apni aur baad baar baat bahut
bahot bohot batao bataiye bataye batayein batana bhai bhej bhejo bhi bilkul chahie chahiye chaiye chahta chahti chahte chalega chal dein dena
dene denge dijiye dijie diya diye dikkat dikha dikhao din ek fir gaya gayi gaye hai hain haan hi ho hoga hogi hona hone hota hoti hote hu hua hui
hue hum humko humein hun hoon idhar insaan insan isko iska iske iski itna itni jaldi jab jaise jata jati jaye jo kab kahan kaha kaisa kaise kaisi
kam kar kara karao karke karna karne karni karo karu karun karunga kare karen karein kariye karta karti karte kat kata kaun kaunsa kisi kisko
kiska kitna kitne kitni kiya kiye koi krna kro krdo kr ka ke ki ko kuch kya kyu kyun kyon laga lagega lagta lekin liye lo log magar main mai maine
matlab mein mera mere meri mujhe mujhko muje milega mila mile milta milti nahi nahin nai nhi naam paisa paise pata pehle phir phone raha rahe rahi
rha rhe rhi rupaye sab sabse sahi sakta sakti sakte se shuru samajh sirf tak theek thik toh tum turant unka unko usko uska uske vapas wapas wala
wale wali wahan waha woh yaar yaha yahan yeh ye yaani zaroorat jarurat zyada jyada abhi tk h kro plz mat naya nayi`)

/** Frequent words of other languages in Latin letters that are neither English nor Hinglish: what has them is `unknown`. */
export const ELSEWHERE =
  words(`el los las una unos que como para por pero porque esta este estoy tengo quiero necesito puedo hola gracias donde
cuando hablar con alguien del mi su muy ayuda cuenta le les des une est pas pour vous nous avec dans je suis sur bonjour merci puis
comment quel mon ma votre der die das und ist nicht ich sie wir mit ein eine auf zu wie kann habe brauche bitte danke mein meine fur von
nao voce preciso quero obrigado ola uma com meu minha falar il lo gli sono non voglio vorrei grazie ciao che questo mio
ik het een niet van wil graag jag och att det inte vill har hej tack saya tidak ingin dengan yang untuk bisa bagaimana nie jest prosze
chce merhaba nasil istiyorum bir icin ve tôi khong xin tolong asante mimi nataka ang ko ng ako`)

/** Words of Marathi and Nepali, which share Hindi's letters. */
export const DEVANAGARI_ELSEWHERE = words(
  `आहे आहेत नाही मला माझे माझी तुम्ही आम्ही काय कसे पाहिजे झाले करायचे छ छन् छैन हो गर्नुहोस् गर्न मलाई मेरो तपाईं कसरी भयो हुन्छ`,
)

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(/\s+/))
}
