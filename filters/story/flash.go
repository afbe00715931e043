package story

// An agency sends a flash of a sentence or two, and within hours the full
// text. Their cosine is small, since most words stand in the one alone; what
// tells is how much of the flash the full text holds, and that both say the
// same in their titles. A roundup holds a flash as well, but has another
// title; a preview and a follow-up name another day or come later.

// holding says how much of a short text a longer one holds, as shares of what
// the short one has.
type holding struct {
	title, lead    float64 // words
	names, numbers float64
	weight         float64 // of the words held
	back           float64 // what of the longer one's beginning the short one has
	ratio          float64 // of the lengths
}

// Bounds of a flash.
const (
	// firstBytes reach over a text's first sentence.
	firstBytes = 200
	// leastBack of the full text's beginning is what the flash says: it
	// repeats that first. Under a frame, the two begin with other things.
	leastBack = 0.24
	// muchLonger is the full text, in the norm of its words: a fifth more is
	// half as many words again.
	muchLonger = 1.2
	// flashNorm is of about forty words that say something.
	flashNorm = 7.5
	// flashDays lie at most between a flash and its full text.
	flashDays = 0.5
)

// hold weighs how much of the short text stands in the long one.
func hold(short, long *signature) holding {
	var h holding
	if short.norm <= 0 {
		return h
	}
	h.ratio = float64(long.norm) / float64(short.norm)
	var title, lead, titleHeld, leadHeld int
	j, keys := 0, long.words.keys
	for i, k := range short.words.keys {
		if !short.lead.has(i) {
			continue
		}
		for j < len(keys) && keys[j] < k {
			j++
		}
		w := int(short.words.weights[i])
		held := w * int(b2i(j < len(keys) && keys[j] == k))
		lead, leadHeld = lead+w, leadHeld+held
		if short.titled.has(i) {
			title, titleHeld = title+w, titleHeld+held
		}
	}
	h.back = beginning(long, short)
	h.weight = float64(leadHeld) / unit
	h.title, h.lead = share(titleHeld, title), share(leadHeld, lead)
	h.names, h.numbers = 1, 1
	if sure := short.nameSum - short.doubtful; sure > 0 && !isUncased(short.language) {
		h.names = min(1, weigh(&short.names, &long.names)*unit/float64(sure))
	}
	if short.numberSum > 0 {
		h.numbers = min(1, weigh(&short.numbers, &long.numbers)*unit/float64(short.numberSum))
	}
	return h
}

// beginning is which part of the words that a text begins with stands anywhere
// in another one.
func beginning(of, in *signature) float64 {
	all, held := 0, 0
	j, keys := 0, in.words.keys
	for i, k := range of.words.keys {
		if !of.lead.has(i) || of.titled.has(i) {
			continue
		}
		for j < len(keys) && keys[j] < k {
			j++
		}
		w := int(of.words.weights[i])
		all, held = all+w, held+w*int(b2i(j < len(keys) && keys[j] == k))
	}
	return share(held, all)
}

func share(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}

// titles weighs the words that two titles share, and which part that is of the
// one that has fewer.
func titles(a, b *signature) (weight, part float64) {
	both := 0
	for i, j := 0, 0; i < len(a.words.keys) && j < len(b.words.keys); {
		x, y := a.words.keys[i], b.words.keys[j]
		if x == y && a.titled.has(i) && b.titled.has(j) {
			both += int(min(a.words.weights[i], b.words.weights[j]))
		}
		i += int(b2i(x <= y))
		j += int(b2i(y <= x))
	}
	return float64(both) / unit, min(1, share(both, min(a.titleSum(), b.titleSum())))
}

// titleSum is the weight of the words that stand in the title.
func (s *signature) titleSum() int {
	n := 0
	for i, w := range s.words.weights {
		if s.titled.has(i) {
			n += int(w)
		}
	}
	return n
}

// flash judges whether the shorter of two texts of one language is the flash
// of the other.
func flash(s shared, days float64) verdict {
	h := s.held
	if h.ratio < muchLonger || s.norm > flashNorm || days > flashDays || s.clash > 0 || h.numbers < 0.7 || h.names < 0.5 || h.back < leastBack {
		return verdict{-1, float32(h.lead), byFlash}
	}
	v := min((h.lead+h.title)/2-0.55, h.lead-0.48, h.title-0.6, (s.titles-1.5)/4, (h.weight-4)/10)
	return verdict{float32(max(-1, min(1, v*2))), float32(min(1, h.lead)), byFlash}
}

// silence takes a flash's no against what is in another language: it has too
// little to compare for one, and its full text speaks for it.
func silence(list []*member, values [][]verdict) {
	for i := range list {
		for j := range list {
			if v := values[i][j]; i == j || v.by != byFlash || v.value <= 0 || list[i].norm > list[j].norm {
				continue
			}
			for k := range list {
				if v := &values[i][k]; k != i && v.by == byTranslation && v.value > never && v.value < 0 && clash(list[i].signature, list[k].signature) < 1 {
					v.value, values[k][i].value = 0, 0
				}
			}
		}
	}
}
