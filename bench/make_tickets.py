"""A help center and the export of its help desk, seeded: invented articles, tickets as Zendesk writes them.

    python bench/make_tickets.py FOLDER [--tickets 500000] [--topics 2000] [--seed 1]

Two years up to 2026-11-15 in English, Hindi and Hinglish: seasons, growth, loud weeks, spelling mistakes,
spam, merged tickets and tickets that are exported twice. `planted.json` names what happens in them: topics
that rise for good, some reviewed meanwhile, topics that no article answers, and one whose article lacks a
language. Everything else is chance.
"""

from __future__ import annotations

import argparse
import gzip
import json
import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np

END = date(2026, 11, 15)  # a Sunday
WEEKS = 104
START = END - timedelta(days=7 * WEEKS - 1)
# What is sold, in English | Hindi | Latin letters.
PRODUCTS = """
mixer grinder|मिक्सर ग्राइंडर|mixer grinder
water purifier|वाटर प्यूरीफायर|water purifier
washing machine|वॉशिंग मशीन|washing machine
refrigerator|फ्रिज|fridge
air cooler|एयर कूलर|air cooler
ceiling fan|छत का पंखा|chhat ka pankha
induction cooktop|इंडक्शन चूल्हा|induction chulha
microwave oven|माइक्रोवेव|microwave
pressure cooker|प्रेशर कुकर|pressure cooker
room heater|रूम हीटर|room heater
geyser|गीज़र|geyser
vacuum cleaner|वैक्यूम क्लीनर|vacuum cleaner
steam iron|इस्त्री|istri
table lamp|टेबल लैंप|table lamp
power bank|पावर बैंक|power bank
phone charger|फ़ोन चार्जर|phone charger
earphones|ईयरफोन|earphone
bluetooth speaker|ब्लूटूथ स्पीकर|bluetooth speaker
smart watch|स्मार्ट घड़ी|smart ghadi
laptop|लैपटॉप|laptop
tablet|टैबलेट|tablet
wifi router|वाईफाई राउटर|wifi router
printer|प्रिंटर|printer
keyboard|कीबोर्ड|keyboard
television|टीवी|tv
set top box|सेट टॉप बॉक्स|set top box
camera|कैमरा|camera
inverter battery|इन्वर्टर बैटरी|inverter battery
sewing machine|सिलाई मशीन|silai machine
bicycle|साइकिल|cycle
helmet|हेलमेट|helmet
school bag|स्कूल बैग|school bag
running shoes|जूते|joote
saree|साड़ी|saree
mattress|गद्दा|gadda
office chair|ऑफिस की कुर्सी|office kursi
study table|पढ़ाई की मेज़|padhai ki mez
curtains|परदे|parde
blanket|कंबल|kambal
water bottle|पानी की बोतल|paani ki botal
lunch box|टिफ़िन|tiffin
umbrella|छाता|chhata
raincoat|रेनकोट|raincoat
suitcase|सूटकेस|suitcase
guitar|गिटार|guitar
cricket bat|क्रिकेट का बल्ला|cricket ka balla
yoga mat|योगा मैट|yoga mat
dinner set|डिनर सेट|dinner set
wall clock|दीवार घड़ी|deewar ghadi
toy car|खिलौना कार|khilona car
"""
# What people write about: English | Hindi | Latin letters.
PROBLEMS = """
refund not received|रिफंड नहीं मिला|refund nahi mila
delivery is late|डिलीवरी देर से हो रही है|delivery late ho rahi hai
order cancellation|ऑर्डर कैंसिल करना है|order cancel karna hai
wrong item arrived|गलत सामान आया|galat saman aaya
arrived broken|टूटा हुआ आया|toota hua aaya
warranty claim|वारंटी का दावा|warranty ka dawa
installation visit|लगाने के लिए मैकेनिक|lagane ke liye mechanic
does not start|चालू नहीं हो रहा|chalu nahi ho raha
makes a loud noise|तेज़ आवाज़ आती है|tez awaz aati hai
exchange for another size|दूसरे साइज़ से बदलना है|dusre size se badalna hai
exchange for another colour|दूसरे रंग से बदलना है|dusre rang se badalna hai
invoice with tax number|जीएसटी वाला बिल|gst wala bill
payment failed but money deducted|पैसे कट गए पर भुगतान असफल|paise kat gaye par payment fail
cash on delivery unavailable|कैश ऑन डिलीवरी नहीं दिख रहा|cash on delivery nahi dikh raha
instalment options|किस्तों में खरीदना है|kisto me kharidna hai
coupon rejected|कूपन नहीं लग रहा|coupon nahi lag raha
change delivery address|पता बदलना है|pata badalna hai
track the parcel|पार्सल कहाँ पहुँचा|parcel kaha pahucha
missing accessory|साथ का पुर्ज़ा नहीं मिला|sath ka purza nahi mila
spare part price|पुर्ज़े की कीमत|purze ki kimat
repair centre nearby|पास का मरम्मत केंद्र|paas ka marammat kendra
technician did not come|कारीगर नहीं आया|karigar nahi aaya
manual in Hindi|हिंदी में निर्देश पुस्तिका|hindi me nirdesh pustika
smells of burning|जलने की गंध|jalne ki gandh
power consumption|बिजली की खपत|bijli ki khapat
cleaning and care|सफ़ाई कैसे करें|safai kaise kare
is it in stock|स्टॉक में है क्या|stock me hai kya
price dropped after purchase|खरीदने के बाद दाम घटे|kharidne ke baad daam ghate
bulk order discount|थोक में छूट|thok me chhoot
gift wrapping|उपहार की पैकिंग|uphar ki packing
return pickup not scheduled|वापसी का पिकअप नहीं हुआ|wapsi ka pickup nahi hua
replacement not dispatched|बदले वाला नहीं भेजा|badle wala nahi bheja
battery drains fast|बैटरी जल्दी खत्म|battery jaldi khatam
software update|सॉफ़्टवेयर अपडेट|software update
cannot connect the app|ऐप से जुड़ नहीं रहा|app se jud nahi raha
scheduled delivery slot|डिलीवरी का समय चुनना|delivery ka samay chunna
extended warranty|वारंटी बढ़ानी है|warranty badhani hai
old product buyback|पुराना देकर नया|purana dekar naya
damaged packaging|डिब्बा फटा हुआ|dibba phata hua
counterfeit suspicion|नकली लग रहा है|nakli lag raha hai
"""
NEWS = (  # topics that appear and that no article answers
    ("drone-registration", "drone registration number", "ड्रोन का पंजीकरण नंबर", "drone ka panjikaran number"),
    (
        "solar-subsidy",
        "solar panel subsidy form",
        "सोलर पैनल की सब्सिडी का फ़ॉर्म",
        "solar panel subsidy ka form",
    ),
)
CHAT = (
    "Hello",
    "Hi",
    "Namaste",
    "नमस्ते",
    "Please call me",
    "Need help",
    "urgent!!",
    "Feedback",
    "Thank you",
    "ok",
)
EXTRA = (
    *(
        "please help",
        "order 40{n}",
        "",
        "",
        "",
        "asap",
        "reply soon",
        "second time",
        "for my mother",
        "since Monday",
    ),
)
EXTRA_HI = ("", "", "जल्दी बताइए", "कृपया मदद करें", "ऑर्डर 40{n}", "दूसरी बार", "सोमवार से", "", "")
EXTRA_ROMAN = ("", "", "please bataye", "jaldi reply karo", "order 40{n}", "kal se", "bhai", "", "")
EN_BODY = (
    "What to do about your {} when it is about: {}. Keep the order number at hand, look into My orders, and "
    "write to us if it does not help."
)
HI_BODY = "{} के बारे में: {}। अपना ऑर्डर नंबर पास रखें, मेरे ऑर्डर में देखें, और बात न बने तो हमें लिखें।"
CONTACT = "My number is +91 98{0:08} and my mail customer{0}@mail.example"
CHANNELS = ("email", "chat", "voice", "web", "whatsapp")
OTHERS = "abcdefghijklmnopqrstuvwxyz"


def lines(text: str) -> list[tuple[str, ...]]:
    """Rows of cells."""
    return [tuple(line.split("|")) for line in text.strip().splitlines()]


class Desk:
    """A help desk with its topics, and what happens in two years."""

    def __init__(self, tickets: int, topics: int, seed: int) -> None:
        self.rng = np.random.default_rng(seed)
        pairs = [(product, problem) for product in lines(PRODUCTS) for problem in lines(PROBLEMS)]
        order = self.rng.permutation(len(pairs))[:topics]
        self.topics = [pairs[n] for n in sorted(order.tolist())]
        self.names = [slug(product[0], problem[0]) for product, problem in self.topics]
        weight = self.rng.lognormal(0, 0.9, topics).clip(0.25)
        week = np.arange(WEEKS)
        growth = 1.0025**week
        season = np.ones((topics, WEEKS))
        for n in self.rng.choice(topics, topics // 5, replace=False):
            height, peak = self.rng.uniform(0.2, 0.6), self.rng.uniform(0, 52)
            season[n] = 1 + height * np.cos(2 * np.pi * (week - peak) / 52)
        self.rates = weight[:, None] * growth * season
        self.rates *= tickets / self.rates.sum()
        self.reviewed = [END - timedelta(days=int(d)) for d in self.rng.integers(30, 170, topics)]
        self.planted: list[dict[str, object]] = []
        self._plant()
        busy = self.rng.gamma(60, 1 / 60, WEEKS)  # loud weeks of the whole desk
        noise = self.rng.gamma(25, 1 / 25, self.rates.shape)
        self.counts = self.rng.poisson(self.rates * busy * noise)

    def _plant(self) -> None:
        """Rises on topics with enough tickets; what was reviewed after its rise says nothing any more."""
        size = self.rates[:, -26:].mean(axis=1)
        large = [int(n) for n in np.argsort(-size) if size[n] > 4]
        chosen = self.rng.permutation(large)[:14].tolist()
        for place, n in enumerate(chosen):
            weeks = int(self.rng.integers(7, 16))
            times = float(self.rng.uniform(2.5, 4))
            since = END - timedelta(days=7 * weeks - 1)
            self.rates[n, -weeks:] *= times
            if place < 12:
                self.reviewed[n] = since - timedelta(days=int(self.rng.integers(20, 60)))
                self._told("stale", n, since, times)
            else:
                self.rates[n, -20:-weeks] *= times
                self.rates[n, :-20] *= 1.0
                self.reviewed[n] = END - timedelta(days=20)
                self._told("settled", n, END - timedelta(days=7 * 20 - 1), times)
        missing = int(self.rng.permutation([n for n in large if n not in chosen])[0])
        self.without_hindi = missing
        self._told("gap", missing, START, 1.0, locale="hi")
        for name, *_ in NEWS:
            self.planted.append({"signal": "gap", "topic": name, "since": str(END - timedelta(days=69))})

    def _told(self, signal: str, n: int, since: date, times: float, **more: str) -> None:
        self.planted.append(
            {"signal": signal, "topic": self.names[n], "since": str(since), "times": round(times, 2), **more}
        )


def slug(*parts: str) -> str:
    """An id in ASCII."""
    return "-".join("-".join(part.lower().split()) for part in parts)


def write_articles(desk: Desk, folder: Path) -> None:
    """An article per topic in both languages, in a section per product."""
    for n, ((product, problem), name) in enumerate(zip(desk.topics, desk.names, strict=True)):
        section, day = slug(product[0]), desk.reviewed[n].isoformat()
        head = f"topics: [{name}]\nreviewed: {day}\nreview_every: 1y\n"
        english = f"{problem[0].capitalize()}: {product[0]}"
        hindi = f"{product[1]}: {problem[1]}"
        texts = {
            "en": (english, EN_BODY.format(product[0], problem[0])),
            "hi": (hindi, HI_BODY.format(product[1], problem[1])),
        }
        for locale, (title, body) in texts.items():
            if locale == "hi" and n == desk.without_hindi:
                continue
            path = folder / "articles" / locale / section / f"{name}.md"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f'---\ntitle: "{title}"\n{head}---\n\n{body}\n', encoding="utf-8")


def settings() -> str:
    """The settings: where the counts go, and in which field agents name the topic."""
    return (
        "site_name: Help\nplugins:\n  - kbtool:\n      locales: {en: English, hi: हिन्दी}\n"
        "      articles: {defaults: {audience: public}}\n"
        "      tickets:\n        path: tickets/counts.csv\n        preset: zendesk\n"
        "        timezone: Asia/Kolkata\n        fields: {topic: [custom_fields.360001]}\n"
    )


class Writer:
    """Makes single tickets of counts."""

    def __init__(self, desk: Desk, seed: int) -> None:
        self.desk = desk
        self.rng = np.random.default_rng(seed + 1)
        self.number = 100_000

    def ticket(self, day: date, texts: tuple[str, str, str], tag: str) -> dict[str, object]:
        """A ticket as the export of an account has it."""
        self.number += 1
        draw = self.rng.random(8)
        language = 0 if draw[0] < 0.4 else 1 if draw[0] < 0.7 else 2
        extras = (EXTRA, EXTRA_HI, EXTRA_ROMAN)[language]
        extra = extras[int(draw[1] * len(extras))].replace("{n}", str(self.number))
        subject = f"{texts[language]} {extra}".strip()
        if draw[2] < 0.08 and language != 1:
            at = int(draw[3] * len(subject))
            subject = subject[:at] + OTHERS[int(draw[4] * 26)] + subject[at + 1 :]
        made = datetime(day.year, day.month, day.day, int(draw[5] * 18), int(draw[6] * 60), tzinfo=UTC)
        rated = draw[7]
        return {
            "url": f"https://shop.zendesk.com/api/v2/tickets/{self.number}.json",
            "id": self.number,
            "created_at": made.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "updated_at": (made + timedelta(hours=30)).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "type": "question",
            "subject": subject,
            "raw_subject": subject,
            "description": f"{subject}\n{CONTACT.format(self.number)}",
            "priority": "normal",
            "status": "closed",
            "requester_id": 9_000_000 + self.number,
            "assignee_id": 77 + self.number % 40,
            "group_id": 12,
            "brand_id": 3,
            "tags": ["website"],
            "custom_fields": [{"id": 360001, "value": tag or None}, {"id": 360002, "value": "9.1"}],
            "via": {"channel": CHANNELS[int(draw[1] * 5)]},
            "satisfaction_rating": {"score": "good" if rated < 0.2 else "bad" if rated < 0.25 else "offered"},
            "metric_set": {
                "replies": 1 + int(rated * 2.2),
                "reopens": 0,
                "reply_time_in_minutes": {"calendar": int(20 + rated * 600), "business": 10},
            },
        }

    def week(self, number: int) -> list[dict[str, object]]:
        """All tickets of a week: those of topics, of news, small talk, spam, merged ones and repeats."""
        rng, desk = self.rng, self.desk
        monday = START + timedelta(days=7 * number)
        found = []
        counts = desk.counts[:, number]
        for n in np.flatnonzero(counts).tolist():
            (product, problem), name = desk.topics[n], desk.names[n]
            texts = (
                f"{problem[0]} {product[0]}",
                f"{product[1]} {problem[1]}",
                f"{product[2]} {problem[2]}",
            )
            for _ in range(int(counts[n])):
                tag = name if rng.random() < 0.7 else ""
                found.append(self.ticket(self._day(monday), texts, tag))
        if number >= WEEKS - 10:
            for name, *texts in NEWS:
                said = (texts[0], texts[1], texts[2])
                found += [self.ticket(self._day(monday), said, name) for _ in range(int(rng.poisson(9)))]
        for _ in range(int(rng.poisson(len(found) * 0.06))):
            word = CHAT[int(rng.random() * len(CHAT))]
            found.append(self.ticket(self._day(monday), (word, word, word), ""))
        for kind, share in (("spam", 0.01), ("closed_by_merge", 0.01)):
            for _ in range(int(rng.poisson(len(found) * share))):
                n = int(rng.integers(len(desk.topics)))
                (product, problem), _ = desk.topics[n], 0
                made = self.ticket(self._day(monday), (problem[0], problem[1], problem[2]), desk.names[n])
                made["tags"] = [kind]
                found.append(made)
        repeated = rng.random(len(found)) < 0.005
        return found + [one for one, again in zip(found, repeated, strict=True) if again]

    def _day(self, monday: date) -> date:
        return monday + timedelta(days=int(self.rng.choice(7, p=(0.2, 0.18, 0.16, 0.15, 0.15, 0.1, 0.06))))


def main() -> None:
    """Write the help center, the export and what was planted."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--tickets", type=int, default=500_000)
    parser.add_argument("--topics", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--gz", action="store_true", help="Pack the export.")
    asked = parser.parse_args()
    desk = Desk(int(asked.tickets / 1.08), asked.topics, asked.seed)
    shutil.rmtree(asked.folder, ignore_errors=True)
    asked.folder.mkdir(parents=True)
    (asked.folder / "mkdocs.yml").write_text(settings(), encoding="utf-8")
    write_articles(desk, asked.folder)
    writer = Writer(desk, asked.seed)
    path = asked.folder / ("export.jsonl.gz" if asked.gz else "export.jsonl")
    opener = gzip.open if asked.gz else open
    tickets = 0
    with opener(path, "wt", encoding="utf-8") as file:
        for number in range(WEEKS):
            for one in writer.week(number):
                file.write(json.dumps(one, ensure_ascii=False) + "\n")
                tickets += 1
    planted = {"tickets": tickets, "topics": len(desk.names), "end": str(END), "events": desk.planted}
    (asked.folder / "planted.json").write_text(
        json.dumps(planted, indent=1, ensure_ascii=False), encoding="utf-8"
    )
    print(f"{path}: {tickets:,} tickets on {len(desk.names):,} topics")


if __name__ == "__main__":
    main()
