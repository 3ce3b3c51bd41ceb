import type { Texts } from '../../text/en.js'

/**
 * The emoji that a chat has use for, by category: an emoji to a line, with its words in English and in German. The first is
 * its name; all of them find it. No browser tells the names.
 */
const LINES: readonly (readonly [category: keyof Texts, lines: string])[] = [
  [
    'emojiFaces',
    `😀 grinning|grinsend
😃 happy|glücklich
😄 laughing eyes|lachende Augen
😁 beaming|strahlend
😆 laughing|lachend
😅 relieved, sweat|erleichtert, schwitzend
😂 tears of joy|Freudentränen
🤣 rolling on the floor|kugelt sich
🙂 slight smile|leichtes Lächeln
🙃 upside down|kopfüber
😉 wink|zwinkern
😊 blushing smile|errötendes Lächeln
😇 angel, halo|Engel, Heiligenschein
🥰 in love, hearts|verliebt, Herzen
😍 heart eyes|Herzaugen
😘 kiss|Kuss
😋 delicious|lecker
😛 tongue|Zunge
😜 winking tongue|zwinkernd mit Zunge
🤪 crazy|verrückt
🤗 hug|Umarmung
🤔 thinking|nachdenklich
🤐 zipped mouth|verschlossener Mund
🤨 raised eyebrow|hochgezogene Augenbraue
😐 neutral|neutral
😑 expressionless|ausdruckslos
😶 no mouth, speechless|ohne Mund, sprachlos
😏 smirk|süffisant
😒 unamused|unzufrieden
🙄 eye roll|Augenrollen
😬 grimace|Grimasse
😌 relieved|beruhigt
😔 pensive|bedrückt
😴 sleeping|schlafend
😷 mask|Maske
🤒 fever, ill|Fieber, krank
🤕 bandage, hurt|Verband, verletzt
🤢 nauseated|übel
🤧 sneeze, tissue|niesen, Taschentuch
🥵 hot|heiß
🥶 cold, freezing|kalt, frierend
🥴 woozy|benommen
🤯 mind blown|Kopf explodiert
🥳 party|Party, feiern
😎 cool, sunglasses|cool, Sonnenbrille
🤓 nerd|Streber
😕 confused|verwirrt
😟 worried|besorgt
🙁 frown|Stirnrunzeln
😮 open mouth, surprised|offener Mund, überrascht
😲 astonished|erstaunt
😳 flushed|errötet
🥺 pleading|flehend
😨 afraid|ängstlich
😰 anxious|nervös
😢 crying|weinend
😭 sobbing|heulend
😱 screaming|schreiend
😞 disappointed|enttäuscht
😩 weary|erschöpft
😫 tired|müde
🥱 yawn|gähnen
😤 huffing|schnaubend
😠 angry|wütend
😡 furious|zornig
🤬 cursing|fluchend
💀 skull|Totenkopf
👻 ghost|Gespenst
🤖 robot|Roboter`,
  ],
  [
    'emojiPeople',
    `👍 thumbs up, yes, good|Daumen hoch, ja, gut
👎 thumbs down, no, bad|Daumen runter, nein, schlecht
👌 OK hand|OK
✌️ victory, peace|Sieg, Frieden
🤞 fingers crossed, luck|Daumen drücken, Glück
🤝 handshake, deal|Handschlag, abgemacht
👏 clapping, applause|Klatschen, Applaus
🙌 raised hands, hooray|erhobene Hände, hurra
🙏 folded hands, please, thanks, namaste|gefaltete Hände, bitte, danke, namaste
👋 waving, hello, bye|winken, hallo, tschüss
✋ raised hand, stop|erhobene Hand, halt
🤙 call me|ruf mich an
👉 pointing right|zeigt nach rechts
👈 pointing left|zeigt nach links
👆 pointing up|zeigt nach oben
👇 pointing down|zeigt nach unten
☝️ index finger|Zeigefinger
✍️ writing|schreiben
💪 strong, muscle|stark, Muskel
👀 eyes, looking|Augen, schauen
🧠 brain|Gehirn
👶 baby|Baby
🧑 person|Person
👩 woman|Frau
👨 man|Mann
🧓 older person|ältere Person
👪 family|Familie
🙋 raising a hand, question|meldet sich, Frage
🤷 shrug|Schulterzucken
🤦 facepalm|Hand vor dem Gesicht
🙅 no gesture|Nein-Geste
🙆 OK gesture|OK-Geste
🧑‍💻 at the computer|am Computer
🧑‍💼 office worker|im Büro
🧑‍⚖️ judge, law|Richter, Recht
🧑‍🏫 teacher|Lehrkraft
🧑‍⚕️ health worker, doctor|Arzt, Gesundheit
👮 police|Polizei
💃 dancing|tanzen
🏃 running|laufen`,
  ],
  [
    'emojiNature',
    `🐶 dog|Hund
🐱 cat|Katze
🐭 mouse|Maus
🐰 rabbit|Hase
🦊 fox|Fuchs
🐻 bear|Bär
🐼 panda|Panda
🦁 lion|Löwe
🐯 tiger|Tiger
🐮 cow|Kuh
🐷 pig|Schwein
🐵 monkey|Affe
🐔 chicken|Huhn
🐧 penguin|Pinguin
🦉 owl|Eule
🦄 unicorn|Einhorn
🐝 bee|Biene
🦋 butterfly|Schmetterling
🐢 turtle|Schildkröte
🐟 fish|Fisch
🐬 dolphin|Delfin
🐘 elephant|Elefant
🌸 blossom|Blüte
🌹 rose|Rose
🌻 sunflower|Sonnenblume
🌷 tulip|Tulpe
🌱 seedling|Setzling
🌳 tree|Baum
🌴 palm|Palme
🍀 clover, luck|Kleeblatt, Glück
🍁 leaf, autumn|Blatt, Herbst
🌍 earth, world|Erde, Welt
🌙 moon|Mond
⭐ star|Stern
✨ sparkles|Funken
☀️ sun|Sonne
⛅ cloudy|wolkig
🌧️ rain|Regen
⛈️ thunderstorm|Gewitter
❄️ snow|Schnee
🔥 fire|Feuer
💧 drop, water|Tropfen, Wasser
🌊 wave, sea|Welle, Meer
🌈 rainbow|Regenbogen`,
  ],
  [
    'emojiFood',
    `🍎 apple|Apfel
🍌 banana|Banane
🍊 orange|Orange
🍋 lemon|Zitrone
🍉 melon|Melone
🍇 grapes|Trauben
🍓 strawberry|Erdbeere
🥭 mango|Mango
🥥 coconut|Kokosnuss
🍅 tomato|Tomate
🥕 carrot|Karotte
🌽 corn|Mais
🌶️ chilli, hot|Chili, scharf
🥑 avocado|Avocado
🥔 potato|Kartoffel
🍞 bread|Brot
🥐 croissant|Croissant
🧀 cheese|Käse
🥚 egg|Ei
🍔 burger|Burger
🍟 fries|Pommes
🍕 pizza|Pizza
🥪 sandwich|Sandwich
🥗 salad|Salat
🍛 curry, rice|Curry, Reis
🍜 noodles, soup|Nudeln, Suppe
🍣 sushi|Sushi
🍦 ice cream|Eis
🍩 doughnut|Donut
🍪 cookie|Keks
🎂 cake, birthday|Kuchen, Geburtstag
🍫 chocolate|Schokolade
🍿 popcorn|Popcorn
☕ coffee|Kaffee
🍵 tea|Tee
🥛 milk|Milch
🍺 beer|Bier
🍷 wine|Wein
🥂 cheers, champagne|Prost, Sekt`,
  ],
  [
    'emojiActivities',
    `⚽ football|Fußball
🏏 cricket|Kricket
🏀 basketball|Basketball
🎾 tennis|Tennis
🏆 trophy, winner|Pokal, Sieger
🥇 gold medal, first|Goldmedaille, Erster
🎯 target, bullseye|Zielscheibe, Treffer
🎮 video game|Videospiel
🎲 dice|Würfel
🎵 music, note|Musik, Note
🎤 microphone|Mikrofon
🎸 guitar|Gitarre
🎨 art, palette|Kunst, Palette
🎬 film|Film
🎉 celebration, hooray|Feier, hurra
🎁 present, gift|Geschenk
🎈 balloon|Luftballon
🪔 lamp, Diwali|Öllampe, Diwali
🎄 Christmas tree|Weihnachtsbaum
🚗 car|Auto
🚕 taxi|Taxi
🚌 bus|Bus
🚂 train|Zug
🚲 bicycle|Fahrrad
🛵 scooter|Roller
✈️ plane, flight|Flugzeug, Flug
🚀 rocket, launch|Rakete, Start
⛵ boat|Boot
🏠 house, home|Haus, Zuhause
🏢 office, company|Büro, Firma
🏦 bank|Bank
🏥 hospital|Krankenhaus
🏫 school|Schule
🏭 factory|Fabrik
🏖️ beach, holiday|Strand, Urlaub
⛰️ mountain|Berg
🗺️ map|Karte`,
  ],
  [
    'emojiThings',
    `⌚ watch|Uhr
📱 mobile phone|Handy
💻 laptop, computer|Laptop, Computer
🖨️ printer|Drucker
📷 camera|Kamera
📞 telephone|Telefon
📧 e-mail|E-Mail
📦 parcel, package|Paket
📎 paper clip, attachment|Büroklammer, Anhang
📄 page, document|Seite, Dokument
📝 memo, note|Notiz
📅 calendar, date|Kalender, Datum
📈 chart up|Kurve steigt
📉 chart down|Kurve fällt
📊 bar chart|Balkendiagramm
📌 pin|Pinnnadel
🔗 link|Link
🔒 lock, secure|Schloss, sicher
🔓 unlocked|offenes Schloss
🔑 key|Schlüssel
🔍 search, magnifier|Suche, Lupe
💡 idea, light bulb|Idee, Glühbirne
🔔 bell|Glocke
⏰ alarm clock|Wecker
⏳ hourglass, waiting|Sanduhr, warten
💰 money|Geld
💳 credit card|Kreditkarte
🧾 receipt, invoice|Beleg, Rechnung
💸 spending|Geld ausgeben
🛒 shopping cart|Einkaufswagen
🛍️ shopping bags|Einkaufstaschen
🏷️ label, price|Etikett, Preis
📚 books|Bücher
✏️ pencil|Bleistift
🔧 wrench, repair|Schraubenschlüssel, Reparatur
⚙️ gear, settings|Zahnrad, Einstellungen
🧰 toolbox|Werkzeugkasten
💊 medicine|Medikament
👕 shirt|T-Shirt
👟 shoe|Schuh
👓 glasses|Brille
☂️ umbrella|Regenschirm
🎓 graduation|Abschluss
🆔 identity card|Ausweis`,
  ],
  [
    'emojiSigns',
    `❤️ heart, love|Herz, Liebe
🧡 orange heart|oranges Herz
💛 yellow heart|gelbes Herz
💚 green heart|grünes Herz
💙 blue heart|blaues Herz
💜 purple heart|lila Herz
🖤 black heart|schwarzes Herz
💔 broken heart|gebrochenes Herz
💯 hundred|hundert
✅ done, check|erledigt, Haken
☑️ ticked box|angekreuzt
❌ cross, wrong|Kreuz, falsch
❓ question|Frage
❗ exclamation|Ausrufezeichen
⚠️ warning|Warnung
🚫 forbidden|verboten
ℹ️ information|Information
➡️ right arrow|Pfeil rechts
⬅️ left arrow|Pfeil links
⬆️ up arrow|Pfeil hoch
⬇️ down arrow|Pfeil runter
🔄 again, refresh|nochmal, aktualisieren
➕ plus|plus
➖ minus|minus
💬 speech bubble|Sprechblase
💭 thought bubble|Gedankenblase
💤 zzz, sleep|Schlaf
🔴 red circle|roter Kreis
🟡 yellow circle|gelber Kreis
🟢 green circle|grüner Kreis
🔵 blue circle|blauer Kreis
⚡ lightning, fast|Blitz, schnell
🕒 clock, time|Uhrzeit
🆗 OK|okay
🆕 new|neu
🆓 free|kostenlos
🆘 SOS, help|SOS, Hilfe
🏁 finish flag|Zielflagge
🚩 red flag|rote Fahne`,
  ],
]

/** An emoji, with its words by language. */
export interface Emoji {
  emoji: string
  words: { en: readonly string[]; de: readonly string[] }
}

function parseLine(line: string): Emoji {
  const [emoji = ''] = line.split(' ', 1)
  const [en = [], de = []] = line
    .slice(emoji.length + 1)
    .split('|')
    .map((words) => words.split(', '))
  return { emoji, words: { en, de } }
}

/** All emoji, by the key of their category's name. */
export const EMOJI: readonly (readonly [category: keyof Texts, emoji: readonly Emoji[]])[] = LINES.map(
  ([category, lines]) => [category, lines.split('\n').map(parseLine)],
)
