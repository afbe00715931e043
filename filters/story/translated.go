package story

// translated judges two texts of different languages, by what doesn't change
// with the language.
func translated(s shared, days float64) verdict {
	agree := agreement(s)
	about := aboutOne(s)
	names := min(4, max(s.names, 0.6*s.spelt))
	e := 0.0
	switch {
	case s.numbers >= 0.5:
		e = agree * (s.numbers - s.chance*s.bothNumbers + min(1, s.numbers+about)*0.5*names + about)
		if s.topics > 0 {
			e += 0.25 * agree * min(1, s.numbers)
		}
	case names >= oneName:
		// What a follow-up adds makes the two less alike.
		if s.conceptShare > 0 {
			about *= s.conceptsOfBoth / s.conceptShare
		}
		if s.bothNumbers < fewNumbers {
			agree = withoutNumbers
		}
		e = agree*(s.numbers+min(1, about)*0.5*names+about) - 0.6*max(0, days-0.5)
	}
	if s.names == 0 && s.spelt == 0 && s.specific == 0 {
		e -= commonplace
	}
	if s.otherStages {
		e *= followed
	}
	if s.outbound > 0 || s.media > 0 {
		e += 0.6 + 0.3*min(s.names, 3)
	}
	e -= (1-agree)*0.5*min(s.bothNumbers, 3) + 1.6*s.clash
	v := (e - leastTranslation - 0.16*max(0, days-1)) / 3
	return verdict{float32(max(-0.5, min(1, v))), float32(max(0, min(1, e/4))), byTranslation}
}

// aboutOne weighs what two texts are about, whatever they call it. It counts
// as far as a name bears it out, or numbers where names can't be heard: of one
// kind there is more than one event a day. What comes of an event is told
// under another title.
func aboutOne(s shared) float64 {
	bears := max(s.names, 0.6*s.spelt) / 0.4
	if !s.named {
		bears = max(bears, s.specific)
	}
	about := 0.75 * min(1, bears) * s.conceptShare * s.conceptShare * min(s.concepts, 3) * (1 - s.clash)
	if s.otherTitles {
		about /= 2
	}
	return about
}

// named reports whether a text has names that texts in other scripts would
// have too.
func (s *signature) named() bool {
	return s.nameSum >= unit*2/5 && !isUncased(s.language) && s.language != [2]byte{'z', 'h'}
}

// spelt sums the weights of the rare words that two languages spell alike.
func spelt(a, b *terms) float64 {
	sum := 0
	for i, j := 0, 0; i < len(a.keys) && j < len(b.keys); {
		x, y := a.keys[i], b.keys[j]
		if w := min(a.weights[i], b.weights[j]); x == y && w >= unit {
			sum += int(w)
		}
		i += int(b2i(x <= y))
		j += int(b2i(y <= x))
	}
	return float64(sum) / unit
}

// specific sums the weights of the numbers in common that are large or have
// three digits: small ones with a decimal are those of a kind of event.
func specific(a, b *terms) float64 {
	large, decimal := quantum(figure{23e3, 2}.weight()), quantum(figure{5.8, 2}.weight())
	sum := 0
	for i, j := 0, 0; i < len(a.keys) && j < len(b.keys); {
		x, y := a.keys[i], b.keys[j]
		if w := min(a.weights[i], b.weights[j]); x == y && w >= large && w != decimal {
			sum += int(w)
		}
		i += int(b2i(x <= y))
		j += int(b2i(y <= x))
	}
	return float64(sum) / unit
}
