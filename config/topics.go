package config

import (
	"copydesk/filters/topic"
)

func topicKeys() []key[topic.Spec] {
	terms := func(pick func(*topic.Spec) *[]string) func(*reader, value, *topic.Spec) {
		return func(r *reader, v value, s *topic.Spec) { *pick(s) = r.texts(v) }
	}
	return []key[topic.Spec]{
		{"any", "one of these terms", listOf(formText), terms(func(s *topic.Spec) *[]string { return &s.Any })},
		{"all", "and each of these", listOf(formText), terms(func(s *topic.Spec) *[]string { return &s.All })},
		{"none", "and none of these", listOf(formText), terms(func(s *topic.Spec) *[]string { return &s.None })},
		{"score", "or terms with weights that add up: {terms: {word: 2}, at_least: 3}", mappingOf(scoreKeys()), func(r *reader, v value, s *topic.Spec) { mapping(r, v, scoreKeys(), &s.Score) }},
		{"near", "or terms close to each other: [{terms: [a, b], within: 8}]", listOf(mappingOf(nearKeys())), func(r *reader, v value, s *topic.Spec) {
			r.list(v, func(item value) {
				var near topic.Near
				if mapping(r, item, nearKeys(), &near) {
					s.Near = append(s.Near, near)
				}
			})
		}},
		{"topics", "or one of these other topics", listOf(formText), terms(func(s *topic.Spec) *[]string { return &s.Topics })},
	}
}

func scoreKeys() []key[topic.Score] {
	return []key[topic.Score]{
		{"terms", "each term's weight", mapOf(formDecimal), func(r *reader, v value, s *topic.Score) {
			s.Terms = map[string]float64{}
			r.each(v, "it should be a mapping from terms to weights: {word: 2}", func(p pair) {
				if w, ok := r.number(p.value); ok {
					s.Terms[p.key.Value] = w
				}
			})
		}},
		{"at_least", "the sum from which on the topic holds", formDecimal, func(r *reader, v value, s *topic.Score) { set(&s.AtLeast)(r.number(v)) }},
	}
}

func nearKeys() []key[topic.Near] {
	return []key[topic.Near]{
		{"terms", "the terms, in any order", listOf(formText), func(r *reader, v value, n *topic.Near) { n.Terms = r.texts(v) }},
		{"within", "so many words", formNumber, func(r *reader, v value, n *topic.Near) { set(&n.Within)(r.integer(v, 1)) }},
	}
}

func readTopics(r *reader, v value, d *draft) {
	r.namedValues(v, "name: {any: [terms]}", func(name string, item value) {
		t := topicDraft{value: item, spec: topic.Spec{Name: name}}
		if item.node.Kind == listKind { // a list alone is its any
			t.spec.Any = r.texts(item)
		} else if !mapping(r, item, topicKeys(), &t.spec) {
			return
		}
		d.topics = append(d.topics, t)
	})
}
