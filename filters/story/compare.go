package story

import (
	"cmp"
	"math"
	"slices"

	"copydesk/feed"
)

// shared is what two signatures have in common. Weights are in words that say
// fully which event is meant: a name of five consonants or a number of three
// digits is 1.
type shared struct {
	link, title, text bool
	language          bool // the same, or one unknown
	unknown           bool // the language of one
	outbound, media   int
	topics            int
	cosine            float64 // of words and pairs of words
	names             float64
	numbers           float64
	dates             float64
	numberShare       float64 // of the numbers of the entry that has fewer
	bothNumbers       float64 // their weight
	chance            float64 // that a number of the one stands in the other by chance
	clash             float64 // of the days that they are about
	norm, longer      float64 // of the entry with fewer words, and with more
	titles            float64 // of words in both titles
	titleShare        float64 // of the title that has fewer
	held              holding // how much of the shorter text the longer holds
	concepts          float64 // their weight
	conceptShare      float64 // of those of the entry that has fewer
	conceptsOfBoth    float64 // of those of the entry that has more
	specific          float64 // of numbers that aren't a magnitude's or a rate's
	spelt             float64 // of words that languages share: names, mostly
	otherTitles       bool    // they are about nothing that is the same
	otherStages       bool    // what one's title tells came of it stands not in the other
	named             bool    // both write names that can be heard
}

func overlap(a, b *signature) shared {
	s := shared{
		link:     a.link != 0 && a.link == b.link,
		title:    a.title != 0 && a.title == b.title,
		text:     a.text != 0 && a.text == b.text,
		language: a.language == b.language || a.language[0] == 0 || b.language[0] == 0,
		unknown:  a.language[0] == 0 || b.language[0] == 0,
		outbound: common(a.links, b.links),
		media:    common(a.media, b.media),
		topics:   common(a.topics, b.topics),
		names:    weigh(&a.names, &b.names),
		numbers:  weigh(&a.numbers, &b.numbers),
		dates:    weigh(&a.dates, &b.dates),
		clash:    clash(a, b),
		norm:     float64(min(a.norm, b.norm)),
		longer:   float64(max(a.norm, b.norm)),
	}
	if cites(a, b) || cites(b, a) {
		s.outbound++
	}
	if n := float64(a.norm) * float64(b.norm); n > 0 {
		s.cosine = min(1, dot(&a.words, &b.words)/n)
	}
	s.titles, s.titleShare = titles(a, b)
	s.concepts = a.meant.with(b.meant).weight()
	if x, y := a.meant.weight(), b.meant.weight(); min(x, y) > 0 {
		s.conceptShare, s.conceptsOfBoth = s.concepts/min(x, y), s.concepts/max(x, y)
	}
	if !s.language {
		s.spelt = spelt(&a.words, &b.words)
		s.specific = specific(&a.numbers, &b.numbers)
	}
	s.otherTitles = min(a.headline.weight(), b.headline.weight()) > 0.3 && a.headline.with(b.headline).weight() == 0
	s.otherStages = otherStages(a, b)
	s.named = a.named() && b.named()
	if s.held = hold(a, b); a.norm > b.norm {
		s.held = hold(b, a)
	}
	s.numbers += s.dates / 2
	s.bothNumbers = float64(min(a.numberSum, b.numberSum)) / unit
	s.chance = float64(max(len(a.numbers.keys), len(b.numbers.keys))) / usualNumbers
	if s.bothNumbers > 0 {
		s.numberShare = min(1, s.numbers/s.bothNumbers)
	}
	return s
}

// cites reports whether a links to b.
func cites(a, b *signature) bool {
	if b.link == 0 {
		return false
	}
	_, found := slices.BinarySearch(a.links, b.link)
	return found
}

// common counts what two sorted lists share.
func common[T uint32 | uint64](a, b []T) int {
	n := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			n++
			i++
			j++
		}
	}
	return n
}

// dot is the scalar product of two lists' weights.
func dot(a, b *terms) float64 {
	sum := 0
	for i, j := 0, 0; i < len(a.keys) && j < len(b.keys); {
		x, y := a.keys[i], b.keys[j]
		if x == y {
			sum += int(a.weights[i]) * int(b.weights[j])
		}
		i += int(b2i(x <= y))
		j += int(b2i(y <= x))
	}
	return float64(sum) / (unit * unit)
}

// weigh sums the weights of what two lists share.
func weigh(a, b *terms) float64 {
	sum := 0
	for i, j := 0, 0; i < len(a.keys) && j < len(b.keys); {
		x, y := a.keys[i], b.keys[j]
		if x == y {
			sum += int(min(a.weights[i], b.weights[j]))
		}
		i += int(b2i(x <= y))
		j += int(b2i(y <= x))
	}
	return float64(sum) / unit
}

// Thresholds. They were set on labelled news in a dozen languages, those of
// testdata among them, so that no pair of different events that appeared
// within a window of each other passes: previews, follow-ups, templates. They
// stand in a range in which the answers hardly change: with the least of
// reworded texts lower by 0.05, that of translations by 0.6, the first wrong
// pairs come through (precision 0.96); higher by 0.05 and 0.15, a fiftieth of
// the recall is lost.
const (
	// strange: two texts with a common address and less than this in common
	// are two entries of a page that is many entries' address.
	strange = 0.08
	// brief: below this norm, about twenty words that say something, a text
	// alone proves nothing.
	brief = 5
	// scant: below this, four words, not even a headline is said: "Weekly open
	// thread" is everybody's.
	scant = 2
	// updated is what a second entry of one source must have beyond what
	// another source's must; a third of it, where it is in another language.
	updated = 0.3
	// daysApart is what it costs to be about different days. A cosine of that
	// much is what follow-ups take over from the first report.
	daysApart = 0.25
	// sameTitle is what the titles of a source's two entries must share: without
	// it what is the same is the frame that the source puts round all its texts.
	sameTitle = 0.3
	// sameLead is what the one must hold of the other's title and beginning: not
	// even a title is a source's own where it begins with the source's name.
	sameLead = 0.45
	// nearlyAll of the words: a copy, edited at most.
	nearlyAll = 0.75
	// leastTranslation is the weight of what must be the same in a
	// translation: a number of four digits and a whole name, say, or five
	// small numbers and two names.
	leastTranslation = 1.75
	// fewNumbers, of two texts, neither bear out nor speak against.
	fewNumbers = 0.3
	// oneName that sounds like no other is the least that texts with fewer
	// numbers must share.
	oneName = 0.8
	// followed is what is left of what a report and its follow-up share.
	followed = 0.35
	// commonplace is what it costs to have neither a name nor a specific number
	// in common: earthquakes and interest rates have the same few.
	commonplace = 0.3
	// withoutNumbers is how far two texts that have none agree.
	withoutNumbers = 0.8
	// usualNumbers are as many as most numbers in news are of. A table holds a
	// fifth of them, and so of any other text's.
	usualNumbers = 100
	// weak evidence is enough where the configuration says that two sources
	// carry the same pieces: half of what long texts must share.
	weak = 0.14
)

// A verdict is what a pair's evidence comes to: above 0 the two tell the same
// story, the more the surer; below 0 they don't.
type verdict struct {
	value float32
	score float32 // for a person: 0–1
	by    kind
}

// kind is the kind of evidence.
type kind uint8

const (
	byWording kind = iota
	byTranslation
	byCopy
	byLink
	byPerson
	byConfiguration
	byFlash
)

// String is the kind's name in feed.Evidence.
func (k kind) String() string {
	return [...]string{"wording", "translation", "copy", "link", "person", "configured", "wording"}[k]
}

// judge weighs what two entries share. days lie between their publications.
func judge(s shared, days float64, sameSource bool) verdict {
	if sameSource {
		return again(s, days)
	}
	switch {
	case s.text && (s.title || s.cosine >= 0.7): // else the text was a page's frame: "Log in to read on"
		return verdict{1, 1, byCopy}
	case s.link && !(s.language && s.cosine < strange && s.norm >= brief):
		return verdict{1, 1, byLink}
	case !s.language:
		return translated(s, days)
	}
	v := reworded(s, days)
	if f := flash(s, days); f.value > v.value {
		v = f
	}
	if s.unknown {
		if t := translated(s, days); t.value > v.value {
			return t
		}
	}
	return v
}

// again judges two entries of one source. A source rarely tells a story
// twice, and what looks alike is its template: only what is nearly the same
// text, with the same figures, is an update.
func again(s shared, days float64) verdict {
	if s.text && s.title && days < 1 {
		return verdict{1, 1, byCopy}
	}
	if !s.language { // a source in two languages
		v := translated(s, days)
		v.value -= updated / 3
		return v
	}
	if s.norm < brief && s.held.ratio < muchLonger {
		return verdict{-0.5, float32(s.cosine), byCopy}
	}
	v := reworded(s, days)
	v.value = max(-1, v.value-2*updated)
	if s.titleShare < sameTitle && s.held.title < nearlyAll || s.held.lead < sameLead || s.held.back < leastBack {
		v.value = min(v.value, -0.5)
	}
	if f := flash(s, days); f.value > v.value {
		v = f
	}
	return v
}

// reworded judges two texts of one language by their words, and by what their
// names and numbers add.
func reworded(s shared, days float64) verdict {
	if s.norm < scant {
		return verdict{-0.3, float32(s.cosine), byWording}
	}
	agree := agreement(s)
	score := s.cosine - daysApart*s.clash
	score += agree * (0.1*min(s.numbers, 3) + 0.02*min(s.names, 5)*min(1, s.numbers))
	score -= (1 - agree) * (0.25*min(s.bothNumbers, 1) + 0.1*min(max(0, s.bothNumbers-1), 2))
	// A summary has few of a full text's words, which makes its cosine small
	// however much of it the full text holds. Where the figures agree and both
	// came at about the same time, it counts halfway to what is held.
	if s.norm > 0 {
		score += s.cosine * (math.Sqrt(s.longer/s.norm) - 1) * agree * min(1, s.numbers) * max(0, min(1, 1.5-days))
	}
	if s.title {
		score += 0.15
	}
	if s.link || s.outbound > 0 {
		score += 0.1
	}
	if s.media > 0 {
		score += 0.05
	}
	by := byWording
	if s.cosine > nearlyAll {
		by = byCopy
	}
	least := leastWording(s.norm) + 0.04*max(0, days-1)
	return verdict{float32(max(-1, min(1, (score-least)*2))), float32(max(0, min(1, score))), by}
}

// leastWording is the score from which on two texts tell the same story: 0.3
// for texts of 200 words, more for shorter ones, whose cosine is made of fewer
// words and strays further.
func leastWording(norm float64) float64 {
	return max(0.28, 0.30+0.025*(12-norm))
}

// agreement says how far the numbers of two texts bear each other out: 0 they
// speak of other figures, 1 of the same.
func agreement(s shared) float64 {
	return max(0, min(1, (s.numberShare-0.3)/0.4))
}

// inCommon names what two entries share, the rarest first.
func inCommon(a, b *signature) []string {
	var list []term
	for _, pair := range [...][2]*terms{{&a.names, &b.names}, {&a.numbers, &b.numbers}, {&a.dates, &b.dates}, {&a.words, &b.words}} {
		a.labelled(pair[0], func(i int, label []byte) {
			if j, ok := slices.BinarySearch(pair[1].keys, pair[0].keys[i]); ok && len(label) > 0 {
				list = append(list, term{weight: min(pair[0].weights[i], pair[1].weights[j]), label: string(label)})
			}
		})
	}
	slices.SortStableFunc(list, func(p, q term) int {
		return cmp.Or(int(q.weight)-int(p.weight), cmp.Compare(p.label, q.label))
	})
	var names []string
	for _, t := range list {
		if !slices.Contains(names, t.label) {
			names = append(names, t.label)
		}
		if len(names) == 8 {
			break
		}
	}
	return names
}

func evidence(entry int64, v verdict, a, b *signature) feed.Evidence {
	return feed.Evidence{Entry: entry, By: v.by.String(), Score: math.Round(float64(v.score)*100) / 100, Terms: inCommon(a, b)}
}
